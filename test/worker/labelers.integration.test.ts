import type { APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import type { ScriptedUser } from "../../local-discord/src/users/scripted-user.ts";
import { shortPseudonym } from "../../src/labeling/short-pseudonym.ts";
import type { Job } from "../../src/jobs/job.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { readPart } from "../append-log/rows.ts";
import { until } from "../until.ts";
import { buttonsIn, createProject, isPrivate, selectsIn, textOf } from "./channel-project.ts";
import { changed, press } from "./labeling-alone.ts";
import { answersOf, labelerOf, storeAnswers, yesterday } from "./past-answers.ts";

const HOUR = 60 * 60 * 1_000;
/** The right label of an image, by its index. */
const truth = (index: number): number => index % 2;
const wrong = (index: number): number => 1 - truth(index);
/** People with names of the length of a pseudonym, in the order of their names. */
const [ANNA, BERT, CLEO] = ["a", "b", "c"].map((letter) => letter.repeat(64)) as [string, string, string];

interface Exclusion {
  id: string;
  labeler: string;
  excluded: string;
  reason: string;
}

async function exclusionsIn({ store }: HotdogBot, prefix = ""): Promise<Exclusion[]> {
  const part = await store.get(`${prefix}exclusions/00000.csv`);
  if (part === undefined) return [];
  return readPart(part.body.toString()).rows.map(([id = "", , labeler = "", excluded = "", reason = ""]) => ({
    id,
    labeler,
    excluded,
    reason,
  }));
}

/** Three people have answered 24 images, and relish always wrong. */
async function withRelish(bot: HotdogBot): Promise<{ images: string[]; relish: string }> {
  const images = (await bot.addImages(24)).toSorted();
  const relish = labelerOf(bot.discord.user("relish").id);
  const right = [ANNA, BERT, CLEO].flatMap((labeler) => answersOf(labeler, images, truth));
  await storeAnswers(bot, [...right, ...answersOf(relish, images, wrong)]);
  return { images, relish };
}

/** Chooses a person in the list, and gives a reason. @returns the id of the submit, and the list with the result */
async function decide(
  person: ScriptedUser,
  list: APIMessage,
  { labeler, action, reason = "presses at random" }: { labeler: string; action: string; reason?: string },
): Promise<{ id: string; shown: APIMessage }> {
  const [select] = selectsIn(list);
  const modal = await person.select(list, select?.custom_id ?? "", `${action}:${labeler}`).modal();
  const { id } = person.submit(modal, { reason });
  return { id, shown: await changed(person, list) };
}

function exclude(person: ScriptedUser, list: APIMessage, labeler: string) {
  return decide(person, list, { labeler, action: "exclude" });
}

describe("/labelers", () => {
  it("shows moderators alone how well people label, the least reliable first", async () => {
    await using bot = await hotdogBot();
    const { relish } = await withRelish(bot);
    const list = await bot.discord.user("ketchup").command("labelers").answer();
    expect(isPrivate(list)).toBe(true);
    const text = textOf(list);
    expect(text).toContain("4 people with 20 answers or more, by the end of ");
    const shown = [...text.matchAll(/\*\*`(\w+)`\*\*\n(.*)/g)].map(([, name, figures]) => ({
      name,
      figures,
    }));
    expect(shown[0]?.name).toBe(shortPseudonym(relish));
    expect(shown[0]?.figures).toMatch(/^24 answers · reliability \d% \(<?\d%–1\d%\) · 4 s$/);
    expect(new Set(shown.slice(1).map(({ name }) => name))).toEqual(
      new Set([ANNA, BERT, CLEO].map(shortPseudonym)),
    );
    for (const { figures } of shown.slice(1)) expect(figures).toMatch(/reliability 9\d% /);
    expect(text).not.toContain(relish);
  });

  it("counts nothing of today, neither answers nor changes, nor people with fewer than 20 answers", async () => {
    await using bot = await hotdogBot();
    const images = (await bot.addImages(24)).toSorted();
    const [many, few, today] = [ANNA, BERT, CLEO];
    const past = [
      ...answersOf(many, images.slice(0, 20), truth),
      ...answersOf(few, images.slice(0, 19), truth),
    ];
    const now = [
      ...answersOf(many, images, wrong, Date.now() - 200_000),
      ...answersOf(today, images, truth, Date.now() - 200_000),
    ];
    await storeAnswers(bot, past);
    const ketchup = bot.discord.user("ketchup");
    const before = textOf(await ketchup.command("labelers").answer());
    expect(before).toContain("1 person with 20 answers");
    expect(before).toContain("20 answers · reliability");
    await storeAnswers(bot, [...past, ...now]);
    await bot.stopWorkers();
    bot.startWorker();
    expect(textOf(await ketchup.command("labelers").answer())).toBe(before);
  });

  it("says so while nobody has enough answers", async () => {
    await using bot = await hotdogBot();
    const list = await bot.discord.user("ketchup").command("labelers", {}, { locale: "fr" }).answer();
    expect(textOf(list)).toMatch(/^## Comment les gens étiquettent ici\nPersonne n’avait encore 20 réponses/);
    expect(selectsIn(list)).toEqual([]);
  });

  it("shows 10 people a page, in the same message", async () => {
    await using bot = await hotdogBot();
    const images = (await bot.addImages(20)).toSorted();
    const people = Array.from({ length: 12 }, (_, index) => index.toString(16).repeat(64));
    await storeAnswers(
      bot,
      people.flatMap((labeler) => answersOf(labeler, images, truth)),
    );
    const ketchup = bot.discord.user("ketchup");
    const first = await ketchup.command("labelers").answer();
    expect(textOf(first)).toContain("Page 1 of 2");
    expect(buttonsIn(first).map(({ disabled = false }) => disabled)).toEqual([true, false]);
    const second = await press(ketchup, first, "Next");
    expect(textOf(second)).toContain("Page 2 of 2");
    const shown = [first, second].flatMap((page) => selectsIn(page)[0]?.options ?? []);
    expect(new Set(shown.map(({ value }) => value))).toEqual(
      new Set(people.map((name) => `exclude:${name}`)),
    );
    const excluded = await exclude(ketchup, second, people[11] ?? "");
    expect(textOf(excluded.shown)).toContain("Page 2 of 2");
    expect(textOf(await press(ketchup, excluded.shown, "Previous"))).toContain("Page 1 of 2");
  });

  it("is refused to people without the right, here and in a project", async () => {
    await using bot = await hotdogBot();
    const { relish } = await withRelish(bot);
    const [person, mustard] = [bot.discord.user("relish"), bot.discord.user("mustard")];
    const refusals = [await person.command("labelers").answer()];
    // Mustard owns another server, which is not the home of the hot dogs.
    const channelId = bot.discord.guilds[1]?.channels[0]?.id ?? "";
    refusals.push(await mustard.command("labelers", {}, { channelId }).answer());
    await createProject(bot);
    refusals.push(await person.command("labelers").answer());
    for (const refusal of refusals) {
      expect(isPrivate(refusal)).toBe(true);
      expect(refusal.content).toMatch(/^Only /);
      expect(textOf(refusal)).not.toContain(shortPseudonym(relish));
    }
  });
});

describe("an exclusion", () => {
  it("is kept with its reason, counts at once, and can be taken back", async () => {
    await using bot = await hotdogBot();
    const { images, relish } = await withRelish(bot);
    const ketchup = bot.discord.user("ketchup");
    const before = textOf(await bot.discord.visitor("Ann").command("progress").answer());
    expect(before).toContain("people often give different answers to the same image");
    const list = await ketchup.command("labelers").answer();
    const excluded = await exclude(ketchup, list, relish);
    const text = textOf(excluded.shown);
    expect(text).toContain(`**Excluded:** \`${shortPseudonym(relish)}\``);
    expect(text.slice(text.indexOf("### Excluded"))).toContain(
      `**\`${shortPseudonym(relish)}\`**\n24 answers`,
    );
    await until(async () =>
      expect(textOf(await bot.discord.visitor("Bob").command("progress").answer())).toContain(
        `**Answers:** ${3 * images.length}, by 3 people\n**Agreement:** people agree almost always`,
      ),
    );
    const back = await decide(ketchup, excluded.shown, { labeler: relish, action: "take-back", reason: "" });
    expect(textOf(back.shown)).toContain("**Taken back:**");
    expect(textOf(back.shown)).not.toContain("### Excluded");
    expect(await exclusionsIn(bot)).toEqual([
      { id: excluded.id, labeler: relish, excluded: "yes", reason: "presses at random" },
      { id: back.id, labeler: relish, excluded: "no", reason: "" },
    ]);
    await until(async () =>
      expect(textOf(await bot.discord.visitor("Cid").command("progress").answer())).toBe(before),
    );
  });

  it("needs a reason, also one that is not only spaces", async () => {
    await using bot = await hotdogBot();
    const { relish } = await withRelish(bot);
    const ketchup = bot.discord.user("ketchup");
    const list = await ketchup.command("labelers").answer();
    const choice = `exclude:${relish}`;
    const modal = await ketchup.select(list, "Exclude somebody, or take it back", choice).modal();
    expect(() => ketchup.submit(modal, {})).toThrow(/reason|required|Why/i);
    const refusal = await ketchup.submit(modal, { reason: " \u200b " }).answer();
    expect(refusal.content).toContain("an exclusion needs a reason");
    expect(await exclusionsIn(bot)).toEqual([]);
  });

  it("changes nothing that the excluded person sees", async () => {
    await using bot = await hotdogBot();
    const { relish } = await withRelish(bot);
    const [ketchup, person] = [bot.discord.user("ketchup"), bot.discord.user("relish")];
    const round = await person.command("hotdog", { choose: "needed" }).answer();
    const see = async (): Promise<string[]> => {
      const me = await person.command("me").answer();
      const alone = await person.command("label").answer();
      const saved = await person.press(round, "1 · hot dog").answer();
      return [me, saved, alone].map(textOf);
    };
    await person.press(round, "1 · hot dog").answer();
    const before = await see();
    await exclude(ketchup, await ketchup.command("labelers").answer(), relish);
    expect(await see()).toEqual(before);
    expect(before[0]).toContain("**Answered:** 24 images");
    expect(before[1]).toContain("Saved");
    expect(person.messages().filter((message) => textOf(message).includes("xcluded"))).toEqual([]);
  });

  it("is written once although its job is delivered twice, by two workers at once", async () => {
    const sent: Job[] = [];
    await using bot = await hotdogBot({
      jobs: (queue) => ({
        async send(job) {
          if (job.kind === "exclude") sent.push(job);
          await Promise.all(job.kind === "exclude" ? [queue.send(job), queue.send(job)] : [queue.send(job)]);
        },
      }),
    });
    bot.startWorker();
    const { relish } = await withRelish(bot);
    const ketchup = bot.discord.user("ketchup");
    const list = await ketchup.command("labelers").answer();
    const excluded = await exclude(ketchup, list, relish);
    const back = await decide(ketchup, excluded.shown, { labeler: relish, action: "take-back" });
    await until(() => expect(bot.logged().match(/"kind":"exclude".*"msg":"done"/g)).toHaveLength(4));
    // The first one arrives once more, after it was taken back.
    const [first] = sent;
    if (first === undefined) throw new Error("nothing was sent");
    await bot.queue.send(first);
    await until(() => expect(bot.logged().match(/"kind":"exclude".*"msg":"done"/g)).toHaveLength(5));
    expect((await exclusionsIn(bot)).map(({ id }) => id)).toEqual([excluded.id, back.id]);
    const shown = ketchup.messages().find(({ id }) => id === list.id);
    expect(textOf(shown as APIMessage)).not.toContain("### Excluded");
    expect(textOf(shown as APIMessage)).not.toContain("**Excluded:**");
  });

  it("loses no answer of people who press at the same time", async () => {
    await using bot = await hotdogBot();
    bot.startWorker();
    const { relish } = await withRelish(bot);
    const ketchup = bot.discord.user("ketchup");
    const round = await ketchup.command("hotdog").answer();
    let shown = await ketchup.command("labelers").answer();
    const pressed: string[] = [];
    const decided: string[] = [];
    for (const action of ["exclude", "take-back", "exclude"]) {
      // New people each time, because of their limit of presses a second.
      const people = [bot.discord.visitor("Ann"), bot.discord.visitor("Bob")];
      const presses = people.flatMap((person) =>
        buttonsIn(round).map(({ custom_id: id }) => person.press(round, id)),
      );
      const decision = await decide(ketchup, shown, { labeler: relish, action });
      shown = decision.shown;
      decided.push(decision.id);
      for (const one of presses) {
        expect((await one.answer()).content).toContain("Saved");
        pressed.push(one.id);
      }
    }
    const stored = readPart((await bot.store.get("labels/00000.csv"))?.body.toString() ?? "").rows;
    const ids = stored.map(([id = ""]) => id);
    expect(ids.slice(4 * 24).toSorted()).toEqual(pressed.toSorted());
    expect((await exclusionsIn(bot)).map(({ id }) => id)).toEqual(decided);
  });

  it("says so if the person has been erased since", async () => {
    await using bot = await hotdogBot();
    const { relish } = await withRelish(bot);
    const [ketchup, person] = [bot.discord.user("ketchup"), bot.discord.user("relish")];
    const list = await ketchup.command("labelers").answer();
    const modal = await ketchup
      .select(list, "Exclude somebody, or take it back", `exclude:${relish}`)
      .modal();
    person.press(await person.command("forget-me").answer(), "Erase everything");
    await person.waitForMessage(({ content }) => content.startsWith("Erased"));
    ketchup.submit(modal, { reason: "disturbs" });
    await ketchup.waitForMessage(({ content }) => content.includes("no longer has answers here"));
    expect(await exclusionsIn(bot)).toEqual([]);
    expect(textOf(await ketchup.command("labelers").answer())).not.toContain(shortPseudonym(relish));
  });

  it("in a project belongs to this project only", async () => {
    await using bot = await hotdogBot();
    const { id } = await createProject(bot, { images: 1 });
    const prefix = `projects/${id}/`;
    const images = Array.from({ length: 20 }, (_, index) => `${index.toString(16).padStart(64, "0")}.webp`);
    const userId = bot.discord.user("relish").id;
    const [here, hotdogs] = [labelerOf(userId, id), labelerOf(userId)];
    await storeAnswers(bot, answersOf(here, images, truth, yesterday() - HOUR), prefix);
    await storeAnswers(bot, answersOf(hotdogs, images, truth));
    const ketchup = bot.discord.user("ketchup");
    const list = await ketchup.command("labelers").answer();
    expect(textOf(list)).toContain(shortPseudonym(here));
    expect(textOf(list)).not.toContain(shortPseudonym(hotdogs));
    await exclude(ketchup, list, here);
    expect(await exclusionsIn(bot, prefix)).toHaveLength(1);
    expect(await exclusionsIn(bot)).toEqual([]);
  });
});
