import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { APIMessage } from "discord.js";
import { startLocalDiscord, type LocalDiscord } from "../local-discord/src/start.ts";
import { runProcess } from "../test/end-to-end/process.ts";
import { choicesIn, choose } from "../test/faults/projects.ts";
import { createProject } from "../test/worker/channel-project.ts";

/** Names with what CSV, JSON, XML, YAML, HTML and Markdown escape. The first question has buttons, the second select menus. */
const FORMS = [
  {
    question: 'Is it "süß", & <b>big</b>, or 🌭?',
    labels: 'Kätzchen, süß 🐱\nHund; "Wuff" & <Bär>\nweder – noch\'s',
    unsure: true,
  },
  {
    question: "Größe | size: 100 % # [x]?",
    labels: "klein\nmittel\ngroß, sehr\nÉnorme\n=1+1\n-",
    unsure: false,
  },
] as const;

const IMAGES_PER_PROJECT = 10;
const ROUNDS = 4;
const VISITORS = ["Vera", "Vito", "Wanda"];
const REFUSED_PAUSE_MS = 200;
const ANSWER_OPTIONS = { timeout: 30_000 };

interface StoredProject {
  /** Undefined for the hot dogs. */
  id: string | undefined;
  question: string;
  labels: readonly string[];
}

export interface PeerStore {
  folder: string;
  projects: readonly [hotdogs: StoredProject, withButtons: StoredProject, withMenus: StoredProject];
}

/**
 * Lets people use the bot, and stops it: the starter images and two projects of channels, labeled by six people, with skips, changed
 * answers, gold images and somebody who is excluded.
 */
export async function makeStore(folder: string): Promise<PeerStore> {
  const settings = { STORE_URL: `file:${folder}`, LABELER_SECRET: "sixteen characters or more" };
  await run("import", ["--starter"], settings);
  const ids = await label(settings);
  const [withButtons, withMenus] = FORMS.map(({ question, labels }, index) => ({
    id: ids[index],
    question,
    labels: labels.split("\n"),
  }));
  if (withButtons === undefined || withMenus === undefined) throw new Error("a project is missing");
  const hotdogs = { id: undefined, question: "Hot dog or not?", labels: ["Not hot dog", "Hot dog"] };
  for (const { id } of [hotdogs, withButtons]) {
    const own = projectFolder(folder, id);
    await setGold(own, id, settings);
    await excludeSomebody(own);
  }
  return { folder, projects: [hotdogs, withButtons, withMenus] };
}

/** @returns the ids of the projects, in the order of FORMS */
async function label(settings: Record<string, string>): Promise<string[]> {
  await using discord = await startLocalDiscord({ port: 0, rateLimits: false });
  await using bot = runProcess("src/main.ts", {
    ...settings,
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
  });
  await bot.waitFor(/the bot is connected/);
  const ids: string[] = [];
  for (const form of FORMS) {
    const { id: channelId } = discord.createChannel({ name: `project-${ids.length}` });
    const images = IMAGES_PER_PROJECT;
    const { id } = await createProject({ discord }, { form, channelId, images, ...ANSWER_OPTIONS });
    ids.push(id);
    await answerRounds(discord, channelId);
  }
  await answerRounds(discord, discord.channelId);
  bot.child.kill("SIGTERM");
  await bot.exited;
  return ids;
}

/** People mostly agree. The last one answers differently each time, and the second one changes some answers. */
async function answerRounds(discord: LocalDiscord, channelId: string): Promise<void> {
  const people = [
    ...["ketchup", "mustard", "relish"].map((name) => discord.user(name)),
    ...VISITORS.map((name) => discord.visitor(name)),
  ];
  const isHotdogs = channelId === discord.channelId;
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const command = isHotdogs ? "hotdog" : "round";
    const options = isHotdogs ? {} : { channelId };
    // Each person may ask for ten rounds a minute.
    const round = await people[turn % people.length]
      ?.command(command, { choose: "random" }, options)
      .answer(ANSWER_OPTIONS);
    if (round === undefined) throw new Error("there is nobody");
    const choices = choicesIn({ round });
    const each = choices.length / 4;
    await Promise.all(
      people.map(async (person, number) => {
        for (let image = 0; image < 4; image += 1) {
          const usual = (image + turn) % Math.min(each, 3);
          const own = number === people.length - 1 ? (turn + number * image) % each : usual;
          const picked = number === 1 && image === 2 ? [each - 1, own] : [own];
          for (const index of picked) {
            const choice = choices[image * each + index];
            if (choice === undefined) throw new Error(`there is no choice ${index} for image ${image}`);
            await save(person, round, choice);
          }
        }
      }),
    );
  }
}

type Person = ReturnType<LocalDiscord["visitor"]>;

/** Answers until it is saved, because more than ten answers of a person in a second are refused. */
async function save(person: Person, round: APIMessage, choice: Parameters<typeof choose>[2]): Promise<void> {
  for (;;) {
    const { content } = await choose(person, { round }, choice).answer(ANSWER_OPTIONS);
    if (content.startsWith("Saved: ")) return;
    await wait(REFUSED_PAUSE_MS);
  }
}

/** Makes the first two images of a project gold. */
async function setGold(
  folder: string,
  id: string | undefined,
  settings: Record<string, string>,
): Promise<void> {
  const images = await readdir(join(folder, "images"));
  const [first, second] = images.toSorted();
  const path = `${folder}-gold.csv`;
  await writeFile(path, `image,label\n${first},1\n${second},0\n`);
  await run("import", ["--gold", path, ...(id === undefined ? [] : ["--project", id])], settings);
  await rm(path);
}

/** Excludes whoever answered last, as a moderator's decision is stored. */
async function excludeSomebody(folder: string): Promise<void> {
  const text = await readFile(join(folder, "labels/00000.csv"), "utf8");
  const [id = "", time = "", , , labeler = ""] = text.trim().split("\r\n").at(-1)?.split(",") ?? [];
  const row = `${BigInt(id) + 1n},${time},${labeler},yes,"guesses, ""often"""`;
  await mkdir(join(folder, "exclusions"), { recursive: true });
  const rows = ["id,changed_at,labeler,excluded,reason", row, ""].join("\r\n");
  await writeFile(join(folder, "exclusions/00000.csv"), rows);
}

/** The folder of a project in a store. */
export function projectFolder(store: string, id: string | undefined): string {
  return id === undefined ? store : join(store, "projects", id);
}

/** Exports a project with `npm run export`. @returns what the command has printed */
export async function exportProject(
  { folder }: PeerStore,
  { id }: StoredProject,
  options: { format: string; out: string; imagesAt?: string },
): Promise<string> {
  const { format, out, imagesAt } = options;
  const args = ["--format", format, "--out", out];
  if (id !== undefined) args.push("--project", id);
  if (imagesAt !== undefined) args.push("--images-at", imagesAt);
  return run("export", args, { STORE_URL: `file:${folder}` });
}

/** @throws Error with its output if a command fails */
async function run(
  command: string,
  args: readonly string[],
  settings: Record<string, string>,
): Promise<string> {
  const running = runProcess(`src/cli/${command}/main.ts`, settings, args);
  const end = await running.exited;
  if (end !== 0)
    throw new Error(`npm run ${command} ${args.join(" ")} ended with ${end}:\n${running.output()}`);
  return running.output();
}
