import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { labelFile } from "../../src/project/label-file.ts";
import { HOTDOG_PREFIX, projectData } from "../../src/project/project.ts";
import { projectsIn } from "../../src/project/projects.ts";
import { pseudonym } from "../../src/project/pseudonyms.ts";
import { newId, partsOf } from "../append-log/rows.ts";
import { hotdogBot, LABELER_SECRET, type HotdogBot } from "../hotdog-bot.ts";
import { plainPng } from "../pictures.ts";
import { createProject, textOf } from "./channel-project.ts";
import { pressFormerButton } from "./former-button.ts";
import { FORMER_BUTTONS, FORMER_PEOPLE, formerStore } from "./former-store.ts";

/** The id of a press before the erasure in the store. */
const OF_ERASED_RELISH = "1576500725000000000";
const IMAGE = `${"a".repeat(64)}.png`;

let bot: HotdogBot;
let before: Map<string, Buffer>;

/** Starts a worker on the store. */
beforeEach(async () => {
  bot = await hotdogBot({ worker: false });
  before = await formerStore();
  for (const [key, body] of before) await bot.store.put(key, body);
  bot.startWorker();
});

afterEach(() => bot[Symbol.asyncDispose]());

/** The objects that have changed: what was added at the end, or undefined for any other change. New objects are not included. */
async function changes(): Promise<Record<string, string | undefined>> {
  const changed = await Promise.all(
    [...before].map(async ([key, body]) => {
      const after = (await bot.store.get(key))?.body;
      if (after?.equals(body)) return [];
      const isLonger = after?.subarray(0, body.length).equals(body) === true;
      return [[key, isLonger ? after.subarray(body.length).toString() : undefined] as const];
    }),
  );
  return Object.fromEntries(changed.flat());
}

async function readAnswers(): Promise<number> {
  const { batches } = await projectData(bot.store, HOTDOG_PREFIX).readLabels(HOTDOG_QUESTION);
  let answers = 0;
  for await (const { rows, unreadable } of batches) {
    expect(unreadable).toBe(0);
    answers += rows.length;
  }
  return answers;
}

const options = () => ({ secret: LABELER_SECRET, log: bot.log, now: Date.now, random: Math.random });

describe("a store written by the last release", () => {
  it("is read and written without a conversion, also by old buttons", async () => {
    expect(await readAnswers()).toBe(6);
    const { discord } = bot;
    const report = await discord.user("ketchup").command("progress").answer();
    expect(textOf(report)).toContain(
      "**Images:** 1 of 6 settled (17%), 2 with too few answers, 3 with none yet",
    );
    expect(textOf(report)).toContain("**Answers:** 6, by 3 people");
    const no = await pressFormerButton(bot, FORMER_BUTTONS["image 2, not hot dog"]);
    expect(no.content).toContain("Saved: image 2 is **0 · not hot dog**");
    const yes = await pressFormerButton(bot, FORMER_BUTTONS["image 4, hot dog"], "relish");
    expect(yes.content).toContain("Saved: image 4 is **1 · hot dog**");
    const round = await discord.user("relish").command("hotdog").answer();
    expect((await discord.user("relish").press(round, "1 · hot dog").answer()).content).toContain("Saved: ");
    const { "labels/00002.csv": added = "", ...others } = await changes();
    expect(others).toEqual({});
    expect(added.split("\r\n").map((row) => row.split(",").length)).toEqual([6, 6, 6, 1]);
    expect(await readAnswers()).toBe(9);
    expect((await partsOf(bot.store, "labels/")).map(({ rows }) => rows.length)).toEqual([3, 0, 6]);
  });

  it("accepts new images and projects, and old buttons remove its images", async () => {
    const { id } = await createProject(bot, { images: 1 });
    expect(await bot.store.list(`projects/${id}/images/`)).toHaveLength(1);
    const image = { name: "new.png", bytes: await plainPng(900) };
    const upload = bot.discord.user("mustard").command("upload", { image }, { dm: true });
    expect((await upload.answer()).content).toContain("**added**");
    const { "uploads/00002.csv": added = "", ...others } = await changes();
    expect(others).toEqual({});
    expect(added).toMatch(new RegExp(`^${upload.id}-1,.*,new\\.png\r\n$`));
    for (const old of [
      "remove an image of ketchup",
      "remove an image of mustard, in another message",
    ] as const) {
      const offer = await pressFormerButton(bot, FORMER_BUTTONS[old]);
      await bot.discord.user("mustard").press(offer, "Remove").answer();
    }
    expect(await bot.store.list("images/")).toHaveLength(5);
  });

  it("sends a person's rows and erases them, and rows that were erased before do not return", async () => {
    const { personalData } = projectsIn(bot.store, options());
    for (const { id, ...rows } of Object.values(FORMER_PEOPLE)) {
      const { labels, uploads } = await personalData.collect(id, 1_000_000);
      expect({ labels: labels.rows, uploads: uploads.rows }).toEqual(rows);
    }
    const refused = await pressFormerButton(bot, FORMER_BUTTONS["erase relish"]);
    expect(refused.content).toContain("This button belongs to someone else");
    const { id, ...rows } = FORMER_PEOPLE.ketchup;
    expect(await personalData.erase(id, newId())).toMatchObject({ projects: [{ id: null, ...rows }] });
    expect(await readAnswers()).toBe(3);
    const labeler = pseudonym(LABELER_SECRET, FORMER_PEOPLE.relish.id);
    const row = { id: OF_ERASED_RELISH, image: IMAGE, label: 1, labeler, round: "1" };
    expect(await labelFile(bot.store, options()).append(row, { tombstone: labeler })).toBe("erased");
  });
});
