import type { APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { SEEN_LIFETIME_MS } from "../../src/project/image-set.ts";
import { projectIndex } from "../../src/project/project-index.ts";
import type { Answers } from "../../src/worker/answers.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { until } from "../until.ts";
import { createProject, isPrivate, textOf } from "./channel-project.ts";
import { changed, imageIn, press, storedRows } from "./labeling-alone.ts";
import { removeFromRound } from "./remove-image.ts";

const HOTDOG = "1 · hot dog";
const NOT_HOTDOG = "0 · not hot dog";

/** Runs something before or after each edit of the message, as long as it is set. */
interface EditHook {
  before?: (() => void | Promise<void>) | undefined;
  after?: (() => void | Promise<void>) | undefined;
}

function withHook(hook: EditHook): (answers: Answers) => Answers {
  return (answers) => ({
    ...answers,
    messages: {
      ...answers.messages,
      async edit(message, change) {
        await hook.before?.();
        await answers.messages.edit(message, change);
        await hook.after?.();
      },
    },
  });
}

/** Throws the first time it is called, as a worker that is killed. */
function killedOnce(hook: EditHook, when: keyof EditHook): () => void {
  return () => {
    hook[when] = undefined;
    throw new Error("killed");
  };
}

/** A store that cannot say whether an object exists, as long as it is broken. */
function brokenWhile(isBroken: () => boolean): (store: ObjectStore) => ObjectStore {
  return (store) => ({
    ...store,
    async head(key) {
      if (isBroken()) throw new Error("the store is down");
      return store.head(key);
    },
  });
}

async function begin(bot: HotdogBot, images = 4): Promise<APIMessage> {
  await bot.addImages(images);
  return bot.discord.user("relish").command("label").answer();
}

const presses = async (bot: HotdogBot): Promise<string[]> =>
  (await storedRows(bot)).map(({ label }) => label);

describe("a worker that is killed while a person labels alone", () => {
  it("between the row and the edit loses and doubles nothing: another shows the next image", async () => {
    const hook: EditHook = {};
    await using bot = await hotdogBot({ answers: withHook(hook) });
    const first = await begin(bot);
    const relish = bot.discord.user("relish");
    hook.before = killedOnce(hook, "before");
    const second = await press(relish, first, HOTDOG);
    expect(bot.logged()).toContain("failed; it will be retried");
    expect(imageIn(second)).not.toBe(imageIn(first));
    await press(relish, second, NOT_HOTDOG);
    expect(await presses(bot)).toEqual(["1", "0"]);
  });

  it("after the edit overwrites nothing that came later", async () => {
    const hook: EditHook = {};
    await using bot = await hotdogBot({ answers: withHook(hook) });
    const first = await begin(bot);
    const relish = bot.discord.user("relish");
    const redelivered = Promise.withResolvers<void>();
    hook.after = async () => {
      hook.after = undefined;
      await redelivered.promise;
      throw new Error("killed");
    };
    const second = await press(relish, first, HOTDOG);
    // The person goes on before the job is redelivered. Presses of one person are done one after the other, so another worker does this one.
    await bot.stopWorkers();
    bot.startWorker();
    const third = await press(relish, second, NOT_HOTDOG);
    redelivered.resolve();
    await until(() => expect(bot.logged()).toContain('"attempt":2,"msg":"done"'));
    const shown = relish.messages().find(({ id }) => id === third.id);
    expect(shown && imageIn(shown)).toBe(imageIn(third));
    expect(await presses(bot)).toEqual(["1", "0"]);
  });
});

describe("a saved answer that the question no longer offers", () => {
  it("counts when its job is redelivered, and the next image is shown", async () => {
    const hook: EditHook = {};
    await using bot = await hotdogBot({ answers: withHook(hook) });
    const { id } = await createProject(bot, { images: 2 });
    const relish = bot.discord.user("relish");
    const first = await relish.command("label").answer();
    const [isWritten, isWithdrawn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    hook.before = async () => {
      hook.before = undefined;
      isWritten.resolve();
      await isWithdrawn.promise;
      throw new Error("killed");
    };
    const pressed = press(relish, first, "Not sure");
    await isWritten.promise;
    const index = projectIndex(bot.store, { log: bot.log, now: Date.now, random: Math.random });
    await index.change(id, () => ({ offersUnsure: false }));
    // Another worker, which has not cached the question.
    await bot.stopWorkers();
    bot.startWorker();
    isWithdrawn.resolve();
    const second = await pressed;
    expect(textOf(second)).not.toContain("The question has changed");
    expect(imageIn(second)).not.toBe(imageIn(first));
    const rows = await bot.store.get(`projects/${id}/labels/00000.csv`);
    expect(rows?.body.toString().match(/,unsure,/g)).toHaveLength(1);
  });
});

describe("an edit of the message of /label", () => {
  it.each([["drop"], ["drop-after"]] as const)("that is lost (%s) is repeated", async (act) => {
    await using bot = await hotdogBot();
    const first = await begin(bot);
    const relish = bot.discord.user("relish");
    bot.discord.fault({ method: "PATCH", path: /@original/, times: 1, act });
    const second = await press(relish, first, HOTDOG);
    const third = await press(relish, second, HOTDOG);
    expect(new Set([first, second, third].map(imageIn)).size).toBe(3);
    expect(await presses(bot)).toEqual(["1", "1"]);
  });

  it("whose token has expired is left out; the answer is saved, and the next press goes on", async () => {
    await using bot = await hotdogBot();
    const first = await begin(bot);
    const relish = bot.discord.user("relish");
    await bot.stopWorkers();
    const { id } = relish.press(first, HOTDOG);
    await until(() => expect(bot.logged()).toMatch(new RegExp(`"interaction":"${id}",.*"msg":"queued"`)));
    bot.advance(16 * 60_000);
    bot.startWorker();
    await until(async () => expect((await storedRows(bot)).map((row) => row.id)).toEqual([id]));
    const second = await press(relish, first, NOT_HOTDOG);
    expect(imageIn(second)).not.toBe(imageIn(first));
    expect(await presses(bot)).toEqual(["1", "0"]);
  });

  it("is given up for a message that the person dismissed; the answer is saved", async () => {
    await using bot = await hotdogBot();
    const first = await begin(bot);
    const relish = bot.discord.user("relish");
    bot.discord.fault({ path: /@original/, act: { status: 404, code: 10_008 } });
    const { id } = relish.press(first, HOTDOG);
    await until(() => expect(bot.logged()).toMatch(new RegExp(`"interaction":"${id}",.*"msg":"done"`)));
    expect(await presses(bot)).toEqual(["1"]);
    expect(bot.logged()).not.toContain("it will be retried");
  });
});

describe("an answer that cannot be saved", () => {
  it("leaves the same image, which says so, and is saved when the store works again", async () => {
    let isBroken = false;
    await using bot = await hotdogBot({ store: brokenWhile(() => isBroken) });
    const first = await begin(bot);
    const relish = bot.discord.user("relish");
    bot.advance(SEEN_LIFETIME_MS);
    isBroken = true;
    const unsaved = await press(relish, first, HOTDOG);
    expect(imageIn(unsaved)).toBe(imageIn(first));
    expect(textOf(unsaved)).toContain("Your answer is not saved yet");
    isBroken = false;
    const second = await changed(relish, unsaved);
    expect(imageIn(second)).not.toBe(imageIn(first));
    expect(await presses(bot)).toEqual(["1"]);
  });

  it("for good says so in the same message, where the person can press again", async () => {
    let isBroken = true;
    await using bot = await hotdogBot({ store: brokenWhile(() => isBroken) });
    const first = await begin(bot);
    const relish = bot.discord.user("relish");
    bot.advance(SEEN_LIFETIME_MS);
    relish.press(first, HOTDOG);
    const failed = await relish.waitForMessage((message) => textOf(message).includes("could not be saved"));
    expect(failed.id).toBe(first.id);
    expect(imageIn(failed)).toBe(imageIn(first));
    expect(relish.messages()).toHaveLength(1);
    isBroken = false;
    await press(relish, failed, NOT_HOTDOG);
    expect(await presses(bot)).toEqual(["0"]);
    expect(isPrivate(failed)).toBe(true);
  });

  it("because its image was removed is dropped, and the next image says so", async () => {
    await using bot = await hotdogBot();
    const first = await begin(bot);
    const relish = bot.discord.user("relish");
    const round = await relish.command("hotdog").answer();
    await removeFromRound(bot, round, imageIn(first) ?? "");
    const second = await press(relish, first, HOTDOG);
    expect(textOf(second)).toContain("The last image was removed from the set");
    expect(await presses(bot)).toEqual([]);
  });
});
