import { MessageFlags, type APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import { encodeCustomId } from "../../src/jobs/custom-id.ts";
import { firstSnowflakeAt } from "../../src/platform/snowflake.ts";
import { imageName } from "../../src/labeling/images.ts";
import { partsOf } from "../append-log/rows.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { until } from "../until.ts";
import { buttonsIn, CATS, createProject, isPrivate, picturesOf, textOf } from "./channel-project.ts";

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
    await using bot = await withProject();
    const pictures = await picturesOf(1);
    const answer = await send(bot, pictures);
    const refused = await bot.discord.user("relish").press(answer, "Review").answer();
    expect(isPrivate(refused)).toBe(true);
    expect(refused.content).toContain("Only members who can manage messages here can approve images");
    const mustard = bot.discord.user("mustard");
    const review = await mustard.press(answer, "Review").answer();
    // A forged press, in a channel where the person does moderate.
    const elsewhere = bot.discord.guilds[1]?.channels[0]?.id ?? "";
    const { id } = await createProject(bot, { channelId: elsewhere, form: FORM });
    const there = await mustard
      .command("upload", { image: pictures[0] as Picture }, { channelId: elsewhere })
      .answer();
    expect(there.content).toContain("**added**");
    expect(id).not.toBe(bot.project);
    expect(await pendingIn(bot, bot.prefix)).toHaveLength(1);
    expect(textOf(review)).toContain("1 image waits");
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
    await using bot = await withProject();
    const pictures = await picturesOf(6);
    const answer = await send(bot, pictures);
    const again = await send(bot, pictures.slice(0, 1));
    expect(again.content).toContain("**waits**");
    const mustard = bot.discord.user("mustard");
    const review = await mustard.press(answer, "Review").answer();
    expect(textOf(review)).toContain("6 images wait for approval. These are the oldest 5.");
    const rest = await mustard.press(review, "Approve all 5").answer();
    expect(textOf(rest)).toContain("**5 images approved.**");
    expect(labelsOf(rest)).toEqual(["Approve", "Reject"]);
    expect(shown(bot, answer).content.match(/a moderator has approved it/g)).toHaveLength(5);
    expect(shown(bot, answer).attachments).toHaveLength(5);
    expect(shown(bot, again).content).toContain("a moderator has approved it");
    await mustard.press(rest, "Reject").answer();
    expect(await keys(bot, `${bot.prefix}pending/`)).toEqual([]);
    expect(await keys(bot, `${bot.prefix}images/`)).toHaveLength(5);
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
