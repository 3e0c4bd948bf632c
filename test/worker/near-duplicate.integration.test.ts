import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import type { APIMessage } from "discord.js";
import { customIdsIn, type CustomId } from "../../src/jobs/custom-id.ts";
import { imageName } from "../../src/labeling/images.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { partsOf } from "../append-log/rows.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { drawScene } from "../images/scenes.ts";
import { until } from "../until.ts";
import { press } from "./labeling-alone.ts";

interface Picture {
  name: string;
  bytes: Buffer;
}

let original: Picture;
let smaller: Picture;
let another: Picture;

beforeAll(async () => {
  original = { name: "original.png", bytes: await drawScene(81) };
  const resized = sharp(original.bytes).resize({ width: 300 }).jpeg({ quality: 70 });
  smaller = { name: "smaller.jpg", bytes: await resized.toBuffer() };
  another = { name: "another.png", bytes: await drawScene(82) };
});

const ANYWAY = "Add 1 anyway";

function shownNow(bot: HotdogBot, { id }: APIMessage): APIMessage | undefined {
  return bot.discord.messages().find((message) => message.id === id);
}

async function images(bot: HotdogBot): Promise<string[]> {
  return (await imageSet(bot.store).all()).toSorted();
}

async function uploadRows(bot: HotdogBot): Promise<string[][]> {
  return (await partsOf(bot.store, "uploads/")).flatMap(({ rows }) => rows);
}

function anyway({ components = [] }: APIMessage): Extract<CustomId, { kind: "add-anyway" }>[] {
  return customIdsIn(components).filter((id) => id.kind === "add-anyway");
}

const attached = ({ attachments }: APIMessage): string[] => attachments.map(({ filename }) => filename);

describe("an image that looks like one in the set", () => {
  it("is not added by /upload, and its sender sees the other one", async () => {
    await using bot = await hotdogBot({ checkImage: "own" });
    const relish = bot.discord.user("relish");
    await relish.command("upload", { image: original }).answer();
    const answer = await relish.command("upload", { image: another, image2: smaller }).answer();
    expect(answer.content).toMatch(
      /1\. .* – \*\*added\*\*\n2\. .* – \*\*not added\*\*: it looks like one that is there/,
    );
    expect(attached(answer)).toEqual(expect.arrayContaining(["like-image-2.webp", "upload-2.jpg"]));
    expect(await images(bot)).toHaveLength(2);
    expect(await uploadRows(bot)).toHaveLength(2);
  });

  it("can be added anyway if there are more of them than a message shows", async () => {
    await using bot = await hotdogBot({ checkImage: "own" });
    const relish = bot.discord.user("relish");
    await relish.command("upload", { image: original }).answer();
    const sizes = [280, 290, 310, 320, 330, 340];
    const files = await Promise.all(
      sizes.map(async (width, index) => {
        const bytes = await sharp(original.bytes).resize({ width }).jpeg({ quality: 70 }).toBuffer();
        return [`image${index === 0 ? "" : index + 1}`, { name: `${width}.jpg`, bytes }] as const;
      }),
    );
    const answer = await relish.command("upload", Object.fromEntries(files)).answer();
    const copies = sizes.map((_, index) => `upload-${index + 1}.jpg`);
    const others = [1, 2, 3, 4].map((number) => `like-image-${number}.webp`);
    expect(attached(answer).toSorted()).toEqual([...others, ...copies]);
    expect(anyway(answer)).toHaveLength(6);
  });

  it("is added when its sender wants it, once, also after a restart", async () => {
    await using bot = await hotdogBot({ checkImage: "own" });
    const [relish, ketchup] = [bot.discord.user("relish"), bot.discord.user("ketchup")];
    await relish.command("upload", { image: original }).answer();
    const answer = await relish.command("upload", { image: smaller }).answer();
    const foreign = ketchup.press(answer, ANYWAY);
    expect((await foreign.answer()).content).toContain("Only the person who sent this image");
    expect(await images(bot)).toHaveLength(1);
    await bot.stopWorkers();
    await bot.restartBot();
    bot.startWorker();
    relish.press(answer, ANYWAY);
    relish.press(answer, ANYWAY);
    await until(() => {
      const shown = shownNow(bot, answer);
      expect(shown?.content).toMatch(/1\. .* – \*\*added\*\*/);
      expect(shown && anyway(shown)).toEqual([]);
      expect(shown && attached(shown)).toEqual(["image-1.jpg"]);
    });
    await until(() => expect(bot.logged().match(/"kind":"add-anyway".*"msg":"done"/g)).toHaveLength(2));
    expect(await images(bot)).toHaveLength(2);
    expect(await uploadRows(bot)).toHaveLength(2);
    expect(shownNow(bot, answer)?.content).toMatch(/ – \*\*added\*\*/);
  });

  it("is read again from the message that it was sent in", async () => {
    await using bot = await hotdogBot({ checkImage: "own" });
    const relish = bot.discord.user("relish");
    await relish.command("upload", { image: original }).answer();
    const message = relish.post(`<@${bot.discord.applicationId}>`, [smaller]);
    const answer = await relish.waitForMessage(({ content }) => content.includes("**not added**"));
    expect(anyway(answer)).toEqual([expect.objectContaining({ message: message.id, sender: relish.id })]);
    expect(attached(answer)).toEqual(["like-image-1.webp"]);
    relish.press(answer, ANYWAY);
    await until(() => expect(shownNow(bot, answer)?.content).toMatch(/1\. .* – \*\*added\*\*/));
    expect(await images(bot)).toContain(imageName(smaller.bytes, "jpg"));
  });
});

describe("where moderators approve images", () => {
  it("an image that its sender adds anyway waits, joins the set once approved, and is compared with others", async () => {
    await using bot = await hotdogBot({ checkImage: "own", hotdogUploads: "approval" });
    const [relish, mustard] = [bot.discord.user("relish"), bot.discord.user("mustard")];
    await mustard.command("upload", { image: original }).answer();
    const answer = await relish.command("upload", { image: another, image2: smaller }).answer();
    expect(answer.content).toMatch(/1\. .* – \*\*waits\*\*.*\n2\. .* – \*\*not added\*\*/);
    relish.press(answer, "Add 2 anyway");
    await until(() => {
      const shown = shownNow(bot, answer);
      expect(shown?.content).toMatch(/1\. .* – \*\*waits\*\*.*\n2\. .* – \*\*waits\*\*/);
      expect(shown && attached(shown)).toEqual([]);
    });
    expect(await images(bot)).toHaveLength(1);
    const review = await mustard.press(answer, "Review").answer();
    await mustard.press(review, "Approve all 2").answer();
    await until(() => {
      const shown = shownNow(bot, answer);
      expect(shown?.content).toMatch(/1\. .* – \*\*added\*\*.*\n2\. .* – \*\*added\*\*/);
      expect(shown && attached(shown).toSorted()).toEqual(["image-1.webp", "image-2.jpg"]);
    });
    expect(await images(bot)).toHaveLength(3);
    expect(await uploadRows(bot)).toHaveLength(3);

    const copy = { name: "copy.jpg", bytes: await sharp(another.bytes).jpeg({ quality: 60 }).toBuffer() };
    const again = await relish.command("upload", { image: copy }).answer();
    expect(again.content).toContain("**not added**: it looks like one that is there");
  });
});

describe("images of an earlier version", () => {
  it("are compared with new ones once the worker has looked at them", async () => {
    await using bot = await hotdogBot({ checkImage: "own", worker: false });
    await imageSet(bot.store).add({ uploaded: original.bytes, stored: original.bytes, format: "png" });
    bot.startWorker();
    await until(async () => expect(await bot.store.list("thumbnails/")).toHaveLength(1));
    await until(async () => expect(await partsOf(bot.store, "hashes/")).toHaveLength(1));
    const answer = await bot.discord.user("relish").command("upload", { image: smaller }).answer();
    expect(answer.content).toContain("**not added**");
  });
});

it("rounds, presses and /label make no requests for hashes and thumbnails", async () => {
  const requests: string[] = [];
  const released = Promise.withResolvers<undefined>();
  const request = async (key: string): Promise<void> => {
    if (!/^(?:hashes|thumbnails)\//.test(key)) return;
    requests.push(key);
    await released.promise;
  };
  await using bot = await hotdogBot({
    worker: false,
    store: (store) => ({
      ...store,
      get: async (key, options) => (await request(key), store.get(key, options)),
      head: async (key) => (await request(key), store.head(key)),
      put: async (key, body, options) => (await request(key), store.put(key, body, options)),
      list: async (prefix, options) => (await request(prefix), store.list(prefix, options)),
    }),
  });
  using _ = { [Symbol.dispose]: () => released.resolve(undefined) };
  await bot.addImages(5);
  bot.startWorker();
  // The worker's own look in the background, which waits until the end of this test.
  await until(() => expect(requests).toEqual(["hashes/"]));
  const relish = bot.discord.user("relish");
  const round = await relish.command("hotdog").answer();
  await relish.press(round, "1 · hot dog").answer();
  await press(relish, await relish.command("label").answer(), "1 · hot dog");
  expect(await partsOf(bot.store, "labels/")).toMatchObject([{ rows: [{}, {}] }]);
  expect(requests).toEqual(["hashes/"]);
});
