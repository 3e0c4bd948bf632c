import type { APIMessage } from "discord.js";
import { decodeCustomId } from "../../src/jobs/custom-id.ts";
import { en } from "../../src/texts/en.ts";
import { readPart } from "../append-log/rows.ts";
import { visibleState, type VisibleState } from "./visible-state.ts";
import type { LoadRequest, PressRequest, StatsRequest } from "./load.ts";

/** The state of the whole deployment at one moment. */
export interface Evidence {
  /** All messages on Discord. */
  messages: readonly APIMessage[];
  /** All objects of the store. */
  bucket: { keys(): readonly string[]; get(key: string): { body: Buffer } | undefined };
  /**
   * The jobs that the queue has accepted, and the reasons of the dead letters. Jobs are named by kind and id. Undefined for the
   * in-memory queue, which cannot be inspected.
   */
  queue: { accepted: ReadonlySet<string>; deadLetters: ReadonlyMap<string, string> } | undefined;
}

/** The result of one request. */
export interface RequestResult {
  request: LoadRequest;
  state: VisibleState;
  /** Whether the queue accepted the job. If that is unknown: whether it may have. */
  accepted: boolean;
  /** Whether its log or its row is in the store. */
  stored: boolean;
  deadLettered: boolean;
  /** Violations, as sentences. */
  problems: string[];
}

/** Compares for each request what the person sees, what the queue has accepted and what the store holds. */
export function verifyRequests(
  requests: readonly LoadRequest[],
  { messages, bucket, queue }: Evidence,
): RequestResult[] {
  const answers = byInteraction(messages);
  const logs = logsIn(bucket);
  const rows = rowsIn(bucket);

  return requests.map((one): RequestResult => {
    const name = `${one.kind} ${one.id}`;
    const found = answers.get(one.id) ?? [];
    const records = (one.kind === "stats" ? logs : rows).get(one.id) ?? [];
    const [answer] = found;
    const state = visibleState(answer);
    const facts: Facts = {
      state,
      accepted: queue?.accepted.has(name),
      stored: records.length > 0,
      deadLetter: queue?.deadLetters.get(name),
    };
    const problems = [
      found.length > 1 ? `has ${found.length} answers` : [],
      records.length > 1 ? `has ${records.length} ${one.kind === "stats" ? "logs" : "rows"}` : [],
      state === "answered" && answer !== undefined ? (wrongAnswer(one, answer) ?? []) : [],
      records.flatMap((text) => wrongRecord(one, text) ?? []),
      findContradictions(facts, one),
    ].flat();
    return {
      ...facts,
      request: one,
      accepted: facts.accepted ?? ["answered", "failed", "thinking"].includes(state),
      deadLettered: facts.deadLetter !== undefined,
      problems: problems.map((problem) => `${name}, sent at ${(one.at / 1_000).toFixed(1)} s, ${problem}`),
    };
  });
}

interface Facts {
  state: VisibleState;
  accepted: boolean | undefined;
  stored: boolean;
  deadLetter: string | undefined;
}

function findContradictions(
  { state, accepted, stored, deadLetter }: Facts,
  { phase: { mayLeaveThinking } }: LoadRequest,
): string[] {
  const isOver = state === "answered" || state === "failed";
  const storage = stored ? "stored" : "not stored";
  const problems = [
    [accepted === true && !isOver, `was accepted and is ${state}`],
    [
      accepted === false && (state === "answered" || stored),
      `was not accepted, and is ${state} and ${storage}`,
    ],
    [accepted !== true && state === "thinking" && !mayLeaveThinking, "stays thinking"],
    [isOver && stored !== (state === "answered"), `is ${state} and ${storage}`],
    [deadLetter !== undefined && state !== "failed", `is ${state} and a dead letter: ${deadLetter}`],
    [deadLetter === undefined && state === "failed" && accepted === true, "is failed and not a dead letter"],
  ] as const;
  return problems.filter(([isViolated]) => isViolated).map(([, problem]) => problem);
}

function byInteraction(messages: readonly APIMessage[]): Map<string, APIMessage[]> {
  const answers = messages.filter(({ interaction_metadata }) => interaction_metadata !== undefined);
  return Map.groupBy(answers, ({ interaction_metadata }) => interaction_metadata?.id ?? "");
}

/** The texts of the logs by the interaction id in their keys. */
function logsIn(bucket: Evidence["bucket"]): Map<string, string[]> {
  const logs = new Map<string, string[]>();
  for (const key of bucket.keys()) {
    const [, id] = /(?:^|\/)logs\/\d{4}\/\d\d\/\d\d\/(\d+)\.txt$/.exec(key) ?? [];
    if (id !== undefined) logs.set(id, [...(logs.get(id) ?? []), bucket.get(key)?.body.toString() ?? ""]);
  }
  return logs;
}

/** The rows of the label file by interaction id, each as "image label round". */
function rowsIn(bucket: Evidence["bucket"]): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  const parts = bucket.keys().filter((key) => /(?:^|\/)labels\/\d+\.csv$/.test(key));
  for (const row of parts.flatMap((key) => readPart(bucket.get(key)?.body.toString() ?? "").rows)) {
    const [id = "", , image, label, , round] = row;
    rows.set(id, [...(rows.get(id) ?? []), `${image} ${label} ${round}`]);
  }
  return rows;
}

function wrongAnswer(request: LoadRequest, { embeds }: APIMessage): string | undefined {
  if (request.kind === "press") return undefined;
  const { min, max, middle } = numbersOf(request);
  const actual = embeds[0]?.description;
  const expected = en.stats.answer.stats(`${min}`, `${max}`, `${middle}`, `${middle}`);
  return actual === expected ? undefined : `has the answer ${actual}`;
}

/** @param record the text of a log, or a row as above */
function wrongRecord(request: LoadRequest, record: string): string | undefined {
  const isRight =
    request.kind === "stats" ? record.includes(expectedLog(request)) : record === expectedRow(request);
  return isRight ? undefined : `is stored as ${record}`;
}

function expectedLog(request: StatsRequest): string {
  const { min, max, middle } = numbersOf(request);
  return `numbers: ${max} ${min}\nmin: ${min}\nmax: ${max}\nmean: ${middle}\nmedian: ${middle}\n`;
}

function expectedRow({ customId }: PressRequest): string {
  const id = decodeCustomId(customId);
  if (id?.kind !== "press") throw new Error(`not the custom id of a press: ${customId}`);
  return `${id.image} ${id.label} ${id.round}`;
}

function numbersOf({ min }: StatsRequest): { min: number; max: number; middle: number } {
  return { min, max: min + 4, middle: min + 2 };
}
