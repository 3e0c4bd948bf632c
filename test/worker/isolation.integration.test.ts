import { expect, it } from "vitest";
import { imagesOnButtons, type CustomId } from "../../src/jobs/custom-id.ts";
import { JOB_KINDS, type JobKind } from "../../src/jobs/job.ts";
import { shortPseudonym } from "../../src/labeling/short-pseudonym.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { createProject, picturesOf, textOf, type CreatedProject } from "./channel-project.ts";
import { addAnswers, answersOf, labelerOf } from "./past-answers.ts";
import { filesOf, walk, type Seen, type Walker } from "./walk.ts";

/** A word in the question and the labels of project A, and nowhere else. */
const SECRET = "xylophone";
const FORM_A = {
  question: `Is it a ${SECRET}?`,
  labels: [0, 1, 2].map((number) => `${SECRET} ${number}`).join("\n"),
  unsure: true,
  uploads: "approval",
};

/** What must stay inside of project A. */
interface ProjectA extends CreatedProject {
  /** File names of its images. The last one waits for approval. */
  images: string[];
  /** A person with rows in it. */
  userId: string;
  /** The person's pseudonym. */
  labeler: string;
  round: string;
  /** Its images, as the round and the review show them. */
  pictures: Buffer[];
  /** Id of the interaction that added them. */
  upload: string;
  /** The message in its channel that lists its images. */
  uploadAnswer: string;
}

/** Everything that is stored about project A: its objects, where it is, and who has rows in it. */
async function storedOf(
  { store, discord }: HotdogBot,
  { id }: CreatedProject,
): Promise<Record<string, string>> {
  const keys = (await Promise.all(["projects/", "people/"].map((prefix) => store.list(prefix)))).flat();
  const own = keys.filter(
    ({ key }) =>
      key.startsWith(`projects/${id}/`) ||
      key === `projects/channels/${discord.channelId}` ||
      key.endsWith(`/${id}`),
  );
  const bodies = own.map(async ({ key }) => [key, (await store.get(key))?.body.toString("base64") ?? ""]);
  return Object.fromEntries(await Promise.all(bodies));
}

/** Makes the first channel project A. Nobody who walks later has rows in it. */
async function makeProjectA(bot: HotdogBot): Promise<ProjectA> {
  const { discord } = bot;
  const project = await createProject(bot, { form: FORM_A });
  const relish = discord.user("relish");
  const [first, second, third, fourth] = await picturesOf(4);
  if (!first || !second || !third || !fourth) throw new Error("no pictures");
  const upload = relish.command("upload", { image: first, image2: second, image3: third });
  const answer = await upload.answer();
  const ketchup = discord.user("ketchup");
  const review = await ketchup.press(answer, "Review").answer();
  await ketchup.press(review, "Approve all 3").answer();
  const waits = await relish.command("upload", { image: fourth }).answer();
  const open = await ketchup.press(waits, "Review").answer();
  const round = await relish.command("round").answer();
  for (const number of [0, 1, 2]) await relish.press(round, `${SECRET} ${number}`).answer();
  const images = [...imagesOnButtons(review.components ?? []), ...imagesOnButtons(open.components ?? [])];
  const pictures = await filesOf([round, open]);
  expect([images.length, pictures.length]).toEqual([4, 4]);
  const labeler = labelerOf(relish.id, project.id);
  const removed = Array.from({ length: 20 }, (_, index) => `${index.toString(16).padStart(64, "0")}.png`);
  await addAnswers(
    bot,
    answersOf(labeler, removed, () => 0),
    `projects/${project.id}/`,
  );
  const about = { round: round.id, upload: upload.id, uploadAnswer: answer.id };
  return {
    ...project,
    images,
    userId: relish.id,
    labeler,
    ...about,
    pictures,
  };
}

/** A person's yes to the question whether images of project A are added to a project. */
function askedId(
  { uploadAnswer: message }: ProjectA,
  project: string | null,
  sender: string,
): Extract<CustomId, { kind: "add-asked" }> {
  return { kind: "add-asked", message, sender, project, answer: true };
}

/** Custom ids of every kind that are about project A, or about its images in another project. @param others ids of those */
function forgedIds(a: ProjectA, others: readonly (string | null)[]): CustomId[] {
  const [image = ""] = a.images;
  const waiting = a.images.at(-1) ?? "";
  const { id: project, round, uploadAnswer } = a;
  const inAll = [project, ...others];
  const alone = { session: round, image, skips: 0 };
  const kinds = {
    press: inAll.map((of) => ({ kind: "press", round, position: 1, image, project: of, label: 1 })),
    select: inAll.map((of) => ({ kind: "select", round, position: 1, image, project: of })),
    "label-alone": [{ kind: "label-alone", project }],
    pick: inAll.map((of) => ({ kind: "pick", ...alone, project: of, label: 1 })),
    choose: [{ kind: "choose", ...alone, project }],
    skip: inAll.map((of) => ({ kind: "skip", ...alone, project: of })),
    "label-back": [{ kind: "label-back", session: round, project, skips: 0 }],
    "label-done": [{ kind: "label-done", session: round, project }],
    progress: [{ kind: "progress", project }],
    remove: inAll.map((of) => ({ kind: "remove", image, project: of })),
    labelers: [{ kind: "labelers", project, page: 0 }],
    exclude: inAll.map((of) => ({ kind: "exclude", project: of, page: 0 })),
    exclusion: [{ kind: "exclusion", project, labeler: a.labeler, excluded: true, page: 0 }],
    forget: [{ kind: "forget", user: a.userId }],
    "edit-project": [{ kind: "edit-project", project }],
    "correct-project": [{ kind: "correct-project", project }],
    "close-project": [{ kind: "close-project", project }],
    "export-project": [{ kind: "export-project", project }],
    "project-form": [{ kind: "project-form", project }],
    gold: inAll.map((of) => ({ kind: "gold", image, project: of })),
    "take-back": [
      ...inAll.map((of) => ({ kind: "take-back" as const, upload: a.upload, file: 1, project: of })),
      { kind: "take-back", upload: a.upload, file: 1, project, page: 0 },
    ],
    "own-images": [{ kind: "own-images", page: 0, isList: true }],
    "add-asked": [askedId(a, project, a.userId)],
    drop: inAll.map((of) => ({ kind: "drop", image, project: of, uploadAnswer })),
    review: [{ kind: "review", project }],
    decide: inAll.map((of, index) => ({ kind: "decide", image: waiting, project: of, approve: index === 0 })),
    "decide-all": [{ kind: "decide-all", project, approve: true }],
    "add-anyway": [{ kind: "add-anyway", file: 1, sender: a.userId, project }],
  } satisfies { [Kind in CustomId["kind"]]: Extract<CustomId, { kind: Kind }>[] };
  return Object.values(kinds).flat();
}

/** What the bot has shown of project A. */
function leaks({ messages, modals, files }: Seen, a: ProjectA): string[] {
  const texts = [...messages, ...modals].map((shown) => JSON.stringify(shown));
  const names = a.images.map((image) => image.slice(0, 64));
  const shown = new Set(messages.flatMap(({ components = [] }) => imagesOnButtons(components)));
  const words = [SECRET, a.id, "**Answers:** 23"];
  // A forged select menu has the pseudonym already, and the modal that it opens shows it.
  const name = shortPseudonym(a.labeler);
  return [
    ...(messages.some((message) => textOf(message).includes(name)) ? [name] : []),
    ...words.filter((word) => texts.some((text) => text.includes(word))),
    ...a.images.filter((image) => shown.has(image)),
    ...[SECRET, a.id, ...names].filter((word) => files.some((file) => file.includes(word))),
    ...a.pictures.filter((picture) => files.some((file) => file.equals(picture))).map(() => "a picture"),
  ];
}

it("nothing of a project is seen, changed or exported from another place, not even with forged ids", async () => {
  const kinds = new Set<JobKind>();
  await using bot = await hotdogBot({
    rateLimits: false,
    imagesAt: "s3://bucket/images",
    jobs: (queue) => ({ send: (job) => (kinds.add(job.kind), queue.send(job)) }),
  });
  const { discord } = bot;
  await bot.addImages(2);
  const a = await makeProjectA(bot);
  const { id: channelB } = discord.createChannel({ name: "b" });
  const { id: without } = discord.createChannel({ name: "without" });
  const b = await createProject(bot, { channelId: channelB, images: 2 });
  const secondServer = discord.guilds[1]?.channels[0]?.id ?? "";
  const [ketchup, mustard] = [discord.user("ketchup"), discord.user("mustard")];
  const thread = ketchup.createThread("thread of b", { channelId: channelB });
  const secret = ketchup.createThread("private thread of b", { channelId: channelB, private: true });
  ketchup.addToThread(secret.id, "bot");
  const before = await storedOf(bot, a);
  const forged = forgedIds(a, [b.id, null]);
  const walkers: Record<string, Omit<Walker, "labeler">> = {
    "another project's channel": { person: ketchup, channelId: channelB },
    "its thread": { person: ketchup, channelId: thread.id },
    "its private thread": { person: ketchup, channelId: secret.id },
    "a channel without a project": { person: ketchup, channelId: without },
    "another server": { person: mustard, channelId: secondServer },
    "direct messages": { person: ketchup, channelId: ketchup.dm, isDirect: true },
  };
  for (const [place, walker] of Object.entries(walkers)) {
    const { id: user } = walker.person;
    const own = [
      askedId(a, null, user),
      askedId(a, a.id, user),
      { kind: "add-anyway", file: 1, sender: user, project: a.id, message: a.uploadAnswer } as const,
      { kind: "forget", user } as const,
    ];
    const seen = await walk(bot, { ...walker, labeler: a.labeler }, [...forged, ...own]);
    expect({ place, leaks: leaks(seen, a) }).toEqual({ place, leaks: [] });
    expect({ place, stored: await storedOf(bot, a) }).toEqual({ place, stored: before });
  }
  const others = JOB_KINDS.filter((kind) => !kinds.has(kind));
  expect(others).toEqual(["client-stats", "transaction-log"]);

  const own = { person: ketchup, channelId: discord.channelId, labeler: a.labeler };
  const shown = leaks(await walk(bot, own, forged), a);
  expect(shown).toEqual(expect.arrayContaining([SECRET, shortPseudonym(a.labeler)]));
  expect(await storedOf(bot, a)).not.toEqual(before);
}, 300_000);
