import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { pseudonym } from "../../src/project/pseudonyms.ts";
import { stubAws } from "../aws/environment.ts";
import { newId, readPart } from "../append-log/rows.ts";
import { deploy, type Deployment } from "./deployment.ts";
import { customIdsOf } from "./load.ts";
import { redisEngine } from "./redis-engine.ts";

const HEADER = "id,labeled_at,image,label,labeler,round";
const PARTS = 6;
const ROWS = 20;
/** When the job of a killed worker is redelivered. */
const VISIBILITY_SECONDS = 2;
/** Far longer than a redelivery takes. */
const REDELIVERY_TIMEOUT_MS = 60_000;

const disposables = new AsyncDisposableStack();
let deployment: Deployment;

beforeAll(async () => {
  stubAws();
  const engine = disposables.use(await redisEngine());
  deployment = disposables.use(await deploy(engine, { visibility: VISIBILITY_SECONDS }));
});

afterAll(async () => {
  await disposables.disposeAsync();
  vi.unstubAllEnvs();
});

/** Adds parts in which every other row is the person's. */
function addParts(person: string): void {
  for (let number = 0; number < PARTS; number += 1) {
    const rows = Array.from({ length: ROWS }, (_, index) => {
      const labeler = index % 2 === 0 ? person : "b2".repeat(32);
      return `${newId()},2026-01-01T00:00:00.000Z,${"5".repeat(64)}.webp,1,${labeler},1`;
    });
    const part = [HEADER, ...rows, ""].join("\r\n");
    deployment.bucket.put(`labels/0000${number}.csv`, Buffer.from(part));
  }
}

/** The ids of all rows of the label file, by labeler. */
function rowsByLabeler(): Map<string, string[]> {
  const { bucket } = deployment;
  const parts = bucket.keys().filter((key) => key.startsWith("labels/"));
  const rows = parts.flatMap((key) => readPart(bucket.get(key)?.body.toString() ?? "").rows);
  const byLabeler = Map.groupBy(rows, ([, , , , labeler = ""]) => labeler);
  return new Map([...byLabeler].map(([labeler, own]) => [labeler, own.map(([id = ""]) => id)]));
}

it("another worker finishes the erasure of a killed one and reports the total number of removed answers", async () => {
  const { discord, rounds, s3 } = deployment;
  const [relish, ketchup] = [discord.user("relish"), discord.user("ketchup")];
  const labeler = (user: { id: string }): string => pseudonym("sixteen characters or more", user.id);
  addParts(labeler(relish));

  let rewritten = 0;
  let killed: "one" | "two" | undefined;
  s3.onWritten = (key, worker) => {
    if (!key.startsWith("labels/") || killed !== undefined) return;
    rewritten += 1;
    if (rewritten < PARTS / 2) return;
    killed = worker === "one" ? "one" : "two";
    deployment.worker(killed).child.kill("SIGKILL");
  };
  const question = await relish.command("forget-me").answer();
  relish.press(question, "Erase everything");
  await vi.waitFor(() => expect(killed).toBeDefined(), { timeout: 20_000 });
  await deployment.worker(killed ?? "one").exited;

  // Other people's presses go on meanwhile.
  const [round] = rounds;
  if (round === undefined) throw new Error("there is no round");
  const others = Array.from({ length: 5 }, () => ketchup.press(round, customIdsOf(round)[0] ?? ""));
  for (const press of others)
    expect((await press.answer({ timeout: REDELIVERY_TIMEOUT_MS })).content).toContain("Saved");

  const isAnswer = ({ id, content }: { id: string; content: string }): boolean =>
    id === question.id && content.startsWith("Erased");
  const answer = await relish.waitForMessage(isAnswer, { timeout: REDELIVERY_TIMEOUT_MS });
  expect(answer.content).toContain(`**${(PARTS * ROWS) / 2} answers** to images, and **0 entries**`);
  const rows = rowsByLabeler();
  expect(rows.get(labeler(relish))).toBeUndefined();
  expect(rows.get("b2".repeat(32))).toHaveLength((PARTS * ROWS) / 2);
  expect(rows.get(labeler(ketchup))?.toSorted()).toEqual(others.map(({ id }) => id).toSorted());
});
