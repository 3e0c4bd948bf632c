import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { stubAws } from "../aws/environment.ts";
import { newId } from "../append-log/rows.ts";
import { plainPng } from "../pictures.ts";
import { deploy, type Deployment } from "./deployment.ts";
import type { Engine } from "./engine.ts";
import { waitUntil } from "./fault.ts";
import { startLoad } from "./load.ts";
import { choicesIn, choose, type LoadProject } from "./projects.ts";
import { namesIn, otherRecords } from "./records.ts";
import { redisEngine } from "./redis-engine.ts";
import { evidenceOf, isSettled } from "./run.ts";
import { verifyRequests } from "./verify.ts";

const HEADER = "id,labeled_at,image,label,labeler,round";
const PARTS = 4;
const ROWS = 20;
/** Those of the parts, and a press. */
const ANSWERS_PER_PROJECT = (PARTS * ROWS) / 2 + 1;
/** When the job of a killed worker is redelivered. */
const VISIBILITY_SECONDS = 2;
/** Far longer than a redelivery takes. */
const WAIT_OPTIONS = { timeout: 60_000 };
/** On a busy machine; on an idle one it takes seconds. */
const RUN_TIMEOUT_MS = 180_000;
/** Only an erasure rewrites the first of several parts. */
const REWRITTEN = /^projects\/\d+\/labels\/00000\.csv$/;
/** A picture that no project has from the start. */
const NEW_PICTURE = 500;
const PHASE = { name: "during an erasure", mayLeaveThinking: false };

const disposables = new AsyncDisposableStack();
let engine: Engine;
let deployment: Deployment;

beforeAll(async () => {
  stubAws();
  engine = disposables.use(await redisEngine());
  deployment = disposables.use(await deploy(engine, { visibility: VISIBILITY_SECONDS }));
}, RUN_TIMEOUT_MS);

afterAll(async () => {
  await disposables.disposeAsync();
  vi.unstubAllEnvs();
});

/** Adds parts to a project in which every other row is the person's. */
async function addParts({ prefix }: LoadProject, person: string): Promise<void> {
  for (let number = 0; number < PARTS; number += 1) {
    const rows = Array.from({ length: ROWS }, (_, index) => {
      const labeler = index % 2 === 0 ? person : "b2".repeat(32);
      return `${newId()},2026-01-01T00:00:00.000Z,${"5".repeat(64)}.webp,1,${labeler},1`;
    });
    const part = [HEADER, ...rows, ""].join("\r\n");
    await deployment.store.put(`${prefix}labels/0000${number}.csv`, Buffer.from(part));
  }
}

type User = ReturnType<Deployment["discord"]["user"]>;

/** Answers an image of a project and adds another one to it. */
async function labelAndUpload(person: User, project: LoadProject): Promise<void> {
  const [choice] = choicesIn(project);
  if (choice === undefined) throw new Error("there is nothing to choose");
  const image = { name: "relish.png", bytes: await plainPng(NEW_PICTURE) };
  const { channelId } = project;
  const answers = [choose(person, project, choice), person.command("upload", { image }, { channelId })].map(
    (handle) => handle.answer(WAIT_OPTIONS),
  );
  const [saved, added] = await Promise.all(answers);
  expect(saved?.content).toContain("Saved");
  expect(added?.content).toContain("**added**");
}

it(
  "another worker finishes the erasure of a killed one in all projects, while others write, and reports all removed rows",
  async () => {
    const { discord, contents, projects, s3 } = deployment;
    const relish = discord.user("relish");
    const names: string[] = [];
    for (const project of projects) {
      const { labeler, uploaders } = namesIn(project, relish.id);
      await addParts(project, labeler);
      names.push(labeler, ...uploaders);
    }
    const isOfRelish = (record: string): boolean => names.some((name) => record.includes(name));
    const ofOthers = otherRecords(await contents(), [])
      .entries()
      .filter(([, texts]) => !texts.some(isOfRelish));
    const expected = new Map(ofOthers);
    await Promise.all(projects.map((project) => labelAndUpload(relish, project)));

    let killed: "one" | "two" | undefined;
    s3.onWritten = (key, worker) => {
      if (!REWRITTEN.test(key) || killed !== undefined) return;
      killed = worker === "one" ? "one" : "two";
      deployment.worker(killed).child.kill("SIGKILL");
    };
    const load = startLoad(discord, projects, { phase: PHASE, people: ["ketchup", "mustard"] });
    const question = await relish.command("forget-me").answer(WAIT_OPTIONS);
    relish.press(question, "Erase everything");
    const isAnswer = ({ id, content }: { id: string; content: string }): boolean =>
      id === question.id && content.startsWith("Erased");
    const answer = await relish.waitForMessage(isAnswer, WAIT_OPTIONS);
    await load.stop();
    await waitUntil(() => isSettled(load, engine), "not settled");

    expect(killed).toBeDefined();
    const [entries, total] = [projects.length, projects.length * ANSWERS_PER_PROJECT];
    expect(answer.content).toContain(`**${total} answers** to images, and **${entries} entries**`);
    expect(answer.content.split(`: ${ANSWERS_PER_PROJECT} answers, 1 entry`)).toHaveLength(
      projects.length + 1,
    );
    const results = verifyRequests(load.requests, await evidenceOf(deployment));
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    expect(new Set(load.requests.map(({ finalState }) => finalState))).toEqual(new Set(["answered"]));
    expect(otherRecords(await contents(), load.requests)).toEqual(expected);
  },
  RUN_TIMEOUT_MS,
);
