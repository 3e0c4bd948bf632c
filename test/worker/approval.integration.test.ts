import type { APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import { encodeCustomId } from "../../src/jobs/custom-id.ts";
import { imageName } from "../../src/labeling/images.ts";
import { partsOf } from "../append-log/rows.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { until } from "../until.ts";
import { buttonsIn, CATS, createProject, isPrivate, picturesOf, textOf } from "./channel-project.ts";
import { pressFormerButton } from "./former-button.ts";

type Picture = Awaited<ReturnType<typeof picturesOf>>[number];

const FORM = { ...CATS, uploads: "approval" };
const DAY = 24 * 60 * 60 * 1_000;

const nameOf = ({ bytes }: Picture): string => imageName(bytes, "png");

/** Uploads pictures by relish, who looks after nothing. */
async function send(bot: HotdogBot, pictures: readonly Picture[], options = {}): Promise<APIMessage> {
  const values = Object.fromEntries(
    pictures.map((picture, index) => [`image${index === 0 ? "" : index + 1}`, picture]),
  );
  return bot.discord.user("relish").command("upload", values, options).answer({ timeout: 20_000 });
}

/** The answer as it is shown now. */
function shown({ discord }: HotdogBot, { id }: APIMessage): APIMessage {
  const message = discord.messages().find((one) => one.id === id);
  if (message === undefined) throw new Error("the answer was deleted");
  return message;
}

async function keys({ store }: HotdogBot, prefix: string): Promise<string[]> {
  return (await store.list(prefix)).map(({ key }) => key.slice(prefix.length));
}

/** Names of the images that wait, below a project's prefix. */
async function pendingIn(bot: HotdogBot, prefix = ""): Promise<string[]> {
  const found = await keys(bot, `${prefix}pending/`);
  return found.map((key) => key.split("/")[1] ?? "").filter((name) => name !== "upload.json");
}

/** Copies an image that waits, with its record, to the next position of the same upload. */
async function copyUpload({ store }: HotdogBot, oneOfItsKeys: string): Promise<void> {
  const folder = oneOfItsKeys.replace(/[^/]+$/, "");
  for (const { key } of await store.list(folder)) {
    const body = (await store.get(key))?.body ?? Buffer.alloc(0);
    await store.put(key.replace(/-\d+(?=\/[^/]+$)/, "-9"), body);
  }
}

async function uploadRows({ store }: HotdogBot, prefix = ""): Promise<string[]> {
  return (await partsOf(store, `${prefix}uploads/`)).flatMap(({ rows }) =>
    rows.map(([, , image = ""]) => image),
  );
}

const labelsOf = (message: APIMessage): string[] =>
  buttonsIn(message).map((one) => ("label" in one ? (one.label ?? "") : ""));

async function withProject(options: Parameters<typeof hotdogBot>[0] = {}) {
  const bot = await hotdogBot(options);
  const { id } = await createProject(bot, { form: FORM });
  return Object.assign(bot, { prefix: `projects/${id}/`, project: id });
}

describe("an image for a project whose moderators approve images", () => {
  it("waits, is in no round, and joins the set with its row once a moderator approves it", async () => {
    await using bot = await withProject();
    const pictures = await picturesOf(2);
    const answer = await send(bot, pictures);
    expect(answer.content).toMatch(
      /1\. .* – \*\*waits\*\* for a moderator’s approval\n2\. .* – \*\*waits\*\*/,
    );
    expect(answer.attachments).toEqual([]);
    expect(labelsOf(answer)).toEqual(["Take back 1", "Take back 2", "Review"]);
    expect(await keys(bot, `${bot.prefix}images/`)).toEqual([]);
    expect((await pendingIn(bot, bot.prefix)).toSorted()).toEqual(pictures.map(nameOf).toSorted());
    const round = await bot.discord.user("relish").command("round").answer();
    expect(buttonsIn(round)).toEqual([]);

    const mustard = bot.discord.user("mustard");
    const review = await mustard.press(answer, "Review").answer();
    expect(isPrivate(review)).toBe(true);
    expect(textOf(review)).toContain("2 images wait for approval.");
    expect(textOf(review)).toContain(`/${answer.id}`);
    expect(labelsOf(review)).toEqual([
      "Approve",
      "Reject",
      "Approve",
      "Reject",
      "Approve all 2",
      "Reject all 2",
    ]);
    const after = await mustard.press(review, decideId(bot, pictures[0], true)).answer();
    expect(after.id).toBe(review.id);
    expect(textOf(after)).toContain("**1 image approved.**");
    expect(textOf(after)).toContain("1 image waits for approval.");
    const first = shown(bot, answer);
    expect(first.content).toMatch(
      /1\. .* – \*\*added\*\*: a moderator has approved it\n2\. .* – \*\*waits\*\*/,
    );
    expect(first.attachments.map(({ filename }) => filename)).toEqual(["image-1.webp"]);
    expect(labelsOf(first)).toEqual(["Remove 1", "Take back 1", "Take back 2", "Review"]);
    expect(await keys(bot, `${bot.prefix}images/`)).toEqual([nameOf(pictures[0] as Picture)]);

    const last = await mustard.press(after, "Reject").answer();
    expect(textOf(last)).toBe("**1 image rejected.**\nNo other image waits for approval.");
    expect(shown(bot, answer).content).toContain("2. `" + pictures[1]?.name + "` – **not added**");
    expect(labelsOf(shown(bot, answer))).toEqual(["Remove 1", "Take back 1"]);
    expect(await keys(bot, `${bot.prefix}pending/`)).toEqual([]);
    expect(await uploadRows(bot, bot.prefix)).toHaveLength(2);
  });

  it("is added at once if a moderator sends it", async () => {
    await using bot = await withProject();
    const [image] = await picturesOf(1);
    const answer = await bot.discord
      .user("mustard")
      .command("upload", { image: image as Picture })
      .answer();
    expect(answer.content).toContain("**added**");
    expect(await pendingIn(bot, bot.prefix)).toEqual([]);
  });

  it("cannot be reviewed by its sender, nor by a moderator of another server", async () => {
    await using bot = await hotdogBot();
    const elsewhere = bot.discord.guilds[1]?.channels[0]?.id ?? "";
    const { id } = await createProject(bot, { channelId: elsewhere, form: FORM });
    const pictures = await picturesOf(1);
    const answer = await send(bot, pictures, { channelId: elsewhere });
    // ketchup owns the first server, and is a member of this one.
    for (const name of ["relish", "ketchup"]) {
      const refused = await bot.discord.user(name).press(answer, "Review").answer();
      expect(isPrivate(refused)).toBe(true);
      expect(refused.content).toContain("Only members who can manage messages here can approve images");
    }
    const decision = decideId({ project: id }, pictures[0], true);
    for (const forged of [encodeCustomId({ kind: "review", project: id }), decision]) {
      const refused = await pressFormerButton(bot, forged, "ketchup");
      expect(isPrivate(refused)).toBe(true);
      expect(textOf(refused)).not.toMatch(/approval|approved/);
    }
    expect(await pendingIn(bot, `projects/${id}/`)).toEqual(pictures.map(nameOf));
    expect(await keys(bot, `projects/${id}/images/`)).toEqual([]);
  });

  it("is shown by /project info to moderators only, with the number of images that wait", async () => {
    await using bot = await withProject();
    await send(bot, await picturesOf(2));
    const ofRelish = await bot.discord.user("relish").command("project info").answer();
    expect(textOf(ofRelish)).not.toContain("wait for approval.**");
    expect(labelsOf(ofRelish)).toEqual([]);
    const ofMustard = await bot.discord.user("mustard").command("project info").answer();
    expect(textOf(ofMustard)).toContain("**2 images wait for approval.**");
    const review = await bot.discord.user("mustard").press(ofMustard, "Review").answer();
    expect(review.id).not.toBe(ofMustard.id);
    expect(labelsOf(review)).toContain("Approve all 2");
  });

  it("is decided about with all that are shown, the oldest 5 at a time, each picture once", async () => {
    await using bot = await withProject({ rateLimits: false });
    const pictures = await picturesOf(6);
    const answer = await send(bot, pictures);
    // Another worker has kept the same file at the same moment.
    await copyUpload(bot, `${bot.prefix}pending/${(await keys(bot, `${bot.prefix}pending/`))[0]}`);
    const mustard = bot.discord.user("mustard");
    const review = await mustard.press(answer, "Review").answer();
    expect(textOf(review)).toContain("6 images wait for approval. These are the oldest 5.");
    const rest = await mustard.press(review, "Approve all 5").answer();
    expect(textOf(rest)).toContain("**5 images approved.**");
    expect(labelsOf(rest)).toEqual(["Approve", "Reject"]);
    expect(shown(bot, answer).content.match(/a moderator has approved it/g)).toHaveLength(5);
    expect(shown(bot, answer).attachments).toHaveLength(5);
    await mustard.press(rest, "Reject").answer();
    expect(await keys(bot, `${bot.prefix}pending/`)).toEqual([]);
    expect(await keys(bot, `${bot.prefix}images/`)).toHaveLength(5);
  });

  it("waits once, whoever sends it again, and can be sent again after it was rejected", async () => {
    await using bot = await withProject();
    const [one, other] = await picturesOf(2);
    if (one === undefined || other === undefined) throw new Error("no pictures");
    const answer = await send(bot, [one, one]);
    expect(answer.content).toMatch(
      /^1\. .* – \*\*waits\*\* for .*\n2\. .* – \*\*already sent\*\* for a moderator/,
    );
    expect(labelsOf(answer)).toEqual(["Take back 1", "Review"]);
    const again = await send(bot, [one, other]);
    expect(again.content).toMatch(
      /^1\. .* – \*\*already sent\*\* for .*\n2\. .* – \*\*waits\*\* for a moderator/,
    );
    expect(await pendingIn(bot, bot.prefix)).toHaveLength(2);
    expect(await uploadRows(bot, bot.prefix)).toHaveLength(2);
    const review = await bot.discord.user("mustard").press(answer, "Review").answer();
    expect(textOf(review)).toContain("2 images wait for approval.");
    await bot.discord
      .user("mustard")
      .press(review, decideId(bot, one, false))
      .answer();
    expect(shown(bot, answer).content).toContain("no moderator has approved it");
    expect((await send(bot, [one])).content).toContain("– **waits** for");
  });

  it("is reviewed in French", async () => {
    await using bot = await withProject();
    const answer = await send(bot, await picturesOf(1), { locale: "fr" });
    expect(answer.content).toContain("**en attente** de validation");
    const mustard = bot.discord.user("mustard");
    const review = await mustard.press(answer, "Examiner").answer();
    expect(textOf(review)).toContain("1 image waits");
    await mustard.press(review, "Approve").answer();
    expect(shown(bot, answer).content).toMatch(/ – \*\*ajoutée\*\* : /);
  });
});

/** The custom id of the button that decides about a picture. */
function decideId({ project }: { project: string }, picture: Picture | undefined, approve: boolean): string {
  if (picture === undefined) throw new Error("no picture");
  return encodeCustomId({ kind: "decide", image: nameOf(picture), project, approve });
}

describe("a decision about an image that waits", () => {
  it("counts once when two moderators decide differently at the same time, on two workers", async () => {
    await using bot = await withProject();
    bot.startWorker();
    const pictures = await picturesOf(3);
    const answer = await send(bot, pictures);
    const [ketchup, mustard] = [bot.discord.user("ketchup"), bot.discord.user("mustard")];
    const [one, other] = await Promise.all(
      [ketchup, mustard].map((person) => person.press(answer, "Review").answer()),
    );
    if (one === undefined || other === undefined) throw new Error("no review");
    const ends = await Promise.all([
      ketchup.press(one, "Approve all 3").answer({ timeout: 20_000 }),
      mustard.press(other, "Reject all 3").answer({ timeout: 20_000 }),
    ]);
    const approved = await keys(bot, `${bot.prefix}images/`);
    await until(async () => expect(await keys(bot, `${bot.prefix}pending/`)).toEqual([]));
    const { content } = shown(bot, answer);
    expect(content).not.toContain("**waits**");
    expect(content.match(/a moderator has approved it/g) ?? []).toHaveLength(approved.length);
    expect(content.match(/no moderator has approved it/g) ?? []).toHaveLength(3 - approved.length);
    const texts = ends.map(textOf).join("\n");
    expect(texts).toMatch(/approved\.|rejected\./);
    expect(await uploadRows(bot, bot.prefix)).toHaveLength(3);
  });

  it.each([
    ["before the image is in the set", "put", "images/"],
    ["between the set and the sender’s answer", "get", "edit"],
    ["before the image is deleted", "delete", "pending/"],
    ["before the record is deleted", "delete", "upload.json"],
  ] as const)("is completed when a worker is killed %s", async (_, method, where) => {
    let failures = 1;
    const dies = (key: string): void => {
      if (key.includes(where) && failures-- > 0) throw new Error("killed");
    };
    await using bot = await withProject({
      store: (store) => ({
        ...store,
        async put(key, ...rest) {
          if (method === "put" && key.includes("projects/")) dies(key);
          return store.put(key, ...rest);
        },
        async delete(key) {
          if (method === "delete") dies(key);
          return store.delete(key);
        },
      }),
      answers: (answers) => ({
        ...answers,
        messages: {
          ...answers.messages,
          async edit(reference, ...rest) {
            if ("channelId" in reference) dies("edit");
            return answers.messages.edit(reference, ...rest);
          },
        },
      }),
    });
    const pictures = await picturesOf(1);
    const answer = await send(bot, pictures);
    const mustard = bot.discord.user("mustard");
    const review = await mustard.press(answer, "Review").answer();
    const after = await mustard.press(review, "Approve").answer({ timeout: 20_000 });
    expect(failures).toBeLessThan(1);
    expect(textOf(after)).toContain("**1 image approved.**");
    expect(shown(bot, answer).content).toContain("a moderator has approved it");
    expect(await keys(bot, `${bot.prefix}images/`)).toEqual(pictures.map(nameOf));
    expect(await keys(bot, `${bot.prefix}pending/`)).toEqual([]);
  });

  it("works after a restart of bot and worker, and of the deletion of the sender’s answer", async () => {
    await using bot = await withProject();
    const answer = await send(bot, await picturesOf(2));
    const mustard = bot.discord.user("mustard");
    const review = await mustard.press(answer, "Review").answer();
    await bot.stopWorkers();
    await bot.restartBot();
    bot.startWorker();
    const after = await mustard.press(review, "Approve").answer({ timeout: 20_000 });
    expect(shown(bot, answer).content).toContain("a moderator has approved it");
    await fetch(`${bot.discord.api}/v10/channels/${bot.discord.channelId}/messages/${answer.id}`, {
      method: "DELETE",
      headers: { authorization: `Bot ${bot.discord.botToken}` },
    });
    const last = await mustard.press(after, "Approve").answer();
    expect(textOf(last)).toContain("No other image waits");
    expect(await keys(bot, `${bot.prefix}images/`)).toHaveLength(2);
    expect(await keys(bot, `${bot.prefix}pending/`)).toEqual([]);
  });

  it("is still shown after an edit by another worker, which had read the answer before", async () => {
    let meanwhile: (() => Promise<unknown>) | undefined;
    await using bot = await withProject({
      rateLimits: false,
      answers: (answers) => ({
        ...answers,
        messages: {
          ...answers.messages,
          async edit(reference, ...rest) {
            const first = "interaction" in reference && !reference.pressed ? meanwhile : undefined;
            if (first !== undefined) {
              meanwhile = undefined;
              await first();
            }
            return answers.messages.edit(reference, ...rest);
          },
        },
      }),
    });
    bot.startWorker();
    const pictures = await picturesOf(2);
    const answer = await send(bot, pictures);
    const [ketchup, mustard] = [bot.discord.user("ketchup"), bot.discord.user("mustard")];
    const review = await ketchup.press(answer, "Review").answer();
    const rest = await ketchup.press(review, decideId(bot, pictures[1], true)).answer();
    const offer = await mustard.press(answer, "Remove 2").answer();
    meanwhile = () => ketchup.press(rest, "Approve").answer();
    await mustard.press(offer, "Remove").answer();
    const { content, attachments } = shown(bot, answer);
    expect(content).toMatch(
      /1\. .* – \*\*added\*\*: a moderator has approved it\n2\. .* – \*\*removed\*\* from the set/,
    );
    expect(attachments.map(({ filename }) => filename)).toEqual(["image-1.webp"]);
    expect(labelsOf(shown(bot, answer))).toEqual(["Remove 1", "Take back 1"]);
  });

  it("says so if somebody else has decided already", async () => {
    await using bot = await withProject();
    const answer = await send(bot, await picturesOf(1));
    const mustard = bot.discord.user("mustard");
    const [first, second] = [
      await mustard.press(answer, "Review").answer(),
      await bot.discord.user("ketchup").press(answer, "Review").answer(),
    ];
    await mustard.press(first, "Reject").answer();
    const late = await bot.discord.user("ketchup").press(second, "Approve").answer();
    expect(textOf(late)).toContain("**1 image:** somebody else had decided already");
    expect(await keys(bot, `${bot.prefix}images/`)).toEqual([]);
  });
});

describe("an upload that waits", () => {
  it("is kept once, with one row, although its job is redelivered after every write", async () => {
    const failed = new Set<string>();
    await using bot = await withProject({
      store: (store) => ({
        ...store,
        async put(key, ...rest) {
          const etag = await store.put(key, ...rest);
          const what = /pending\/[^/]+\/upload\.json$|pending\/.*png$/.exec(key)?.[0];
          if (what !== undefined && !failed.has(what)) {
            failed.add(what);
            throw new Error("killed after the write");
          }
          return etag;
        },
      }),
    });
    const pictures = await picturesOf(1);
    const answer = await send(bot, pictures);
    expect(failed.size).toBe(2);
    expect(answer.content).toContain("**waits**");
    expect(await pendingIn(bot, bot.prefix)).toEqual(pictures.map(nameOf));
    expect(await uploadRows(bot, bot.prefix)).toHaveLength(1);
  });

  it("is erased with its sender, also while it is being kept", async () => {
    const reached = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    let held = false;
    await using bot = await withProject({
      store: (store) => ({
        ...store,
        async put(key, ...rest) {
          if (held && /pending\/.*png$/.test(key)) {
            reached.resolve();
            await release.promise;
          }
          return store.put(key, ...rest);
        },
      }),
    });
    const waits = await send(bot, await picturesOf(2));
    held = true;
    const [image] = await picturesOf(1);
    const relish = bot.discord.user("relish");
    const late = relish.command("upload", { image: image as Picture });
    await reached.promise;
    const ask = await relish.command("forget-me").answer();
    relish.press(ask, labelsOf(ask)[0] ?? "");
    await until(async () => expect(await uploadRows(bot, bot.prefix)).toEqual([]));
    expect(await pendingIn(bot, bot.prefix)).toEqual([]);
    release.resolve();
    const answer = await late.answer({ timeout: 20_000 });
    expect(answer.content).toContain("**refused**: you used `/forget-me` after sending it");
    expect(await keys(bot, `${bot.prefix}pending/`)).toEqual([]);
    expect(await uploadRows(bot, bot.prefix)).toEqual([]);
    expect(shown(bot, waits).content.match(/ – \*\*taken back\*\*/g)).toHaveLength(2);
    expect(labelsOf(shown(bot, waits))).toEqual([]);
  });

  it("is removed after 30 days, when the next worker starts, and its sender is told", async () => {
    await using bot = await withProject();
    const old = await send(bot, await picturesOf(1));
    bot.advance(29 * DAY);
    const young = await send(bot, await picturesOf(1));
    bot.startWorker();
    bot.advance(2 * DAY);
    bot.startWorker();
    await until(() => expect(shown(bot, old).content).toContain("no moderator has approved it"));
    await until(async () => expect(await pendingIn(bot, bot.prefix)).toHaveLength(1));
    expect(shown(bot, young).content).toContain("**waits**");
  });

  it("is shown as not added once its project was deleted and somebody presses the button", async () => {
    await using bot = await withProject();
    const answer = await send(bot, await picturesOf(2));
    for (const { key } of await bot.store.list(""))
      if (key.includes(bot.project)) await bot.store.delete(key);
    const done = await bot.discord.user("relish").press(answer, "Take back 1").answer();
    expect(done.id).toBe(answer.id);
    expect(done.content.match(/\*\*not added\*\*: no moderator has approved it/g)).toHaveLength(2);
    expect(labelsOf(done)).toEqual([]);
  });

  it("is removed when its project is closed", async () => {
    await using bot = await withProject();
    const answer = await send(bot, await picturesOf(2));
    const ketchup = bot.discord.user("ketchup");
    const offer = await ketchup.command("project close").answer();
    expect(textOf(offer)).toContain("Images that wait for approval are removed.");
    await ketchup.press(offer, "Close the project").answer();
    await until(async () => expect(await keys(bot, `${bot.prefix}pending/`)).toEqual([]));
    expect(shown(bot, answer).content.match(/no moderator has approved it/g)).toHaveLength(2);
  });
});

describe("with HOTDOG_UPLOADS=approval, an image of hot dogs", () => {
  it("waits wherever it is sent, and is reviewed in the home server, also by /project info", async () => {
    await using bot = await hotdogBot({ hotdogUploads: "approval" });
    const elsewhere = bot.discord.guilds[1]?.channels[0]?.id ?? "";
    const [relish, mustard] = [bot.discord.user("relish"), bot.discord.user("mustard")];
    const [first, second] = await picturesOf(2);
    if (first === undefined || second === undefined) throw new Error("no pictures");
    // Mustard owns the other server, and moderates only the home server.
    const away = await mustard.command("upload", { image: first }, { channelId: elsewhere }).answer();
    expect(away.content).toContain("**waits**");
    expect(labelsOf(away)).toEqual(["Take back 1"]);
    const home = await relish.command("upload", { image: second }).answer();
    expect(labelsOf(home)).toEqual(["Take back 1", "Review"]);
    const refused = await mustard.command("project info", {}, { channelId: elsewhere }).answer();
    expect(refused.content).toContain("This channel has no project yet");
    const info = await mustard.command("project info").answer();
    expect(textOf(info)).toContain("**2 images wait for approval.**");
    const review = await mustard.press(info, "Review").answer();
    await mustard.press(review, "Approve all 2").answer();
    expect(shown(bot, away).content).toContain("a moderator has approved it");
    expect((await keys(bot, "images/")).toSorted()).toEqual([first, second].map(nameOf).toSorted());
  });
});

describe("with HOTDOG_UPLOADS=home", () => {
  it("images of hot dogs are accepted from the home server only, and from the owner anywhere", async () => {
    await using bot = await hotdogBot({ hotdogUploads: "home" });
    const elsewhere = { channelId: bot.discord.guilds[1]?.channels[0]?.id ?? "" };
    const [one, two, three] = await picturesOf(3);
    if (one === undefined || two === undefined || three === undefined) throw new Error("no pictures");
    const refused = await bot.discord.user("mustard").command("upload", { image: one }, elsewhere).answer();
    expect(isPrivate(refused)).toBe(true);
    expect(refused.content).toContain("Only people in this bot’s home server");
    const home = await bot.discord.user("relish").command("upload", { image: two }).answer();
    expect(home.content).toContain("**added**");
    expect(await keys(bot, "images/")).toHaveLength(1);
  });
});
