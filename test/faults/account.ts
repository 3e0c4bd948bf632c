import type { APIMessage } from "discord.js";
import { en } from "../../src/texts/en.ts";
import { readPart } from "../append-log/rows.ts";
import { fateOf, type Fate } from "./fate.ts";
import type { Asked, AskedPress, AskedStats } from "./load.ts";

/** What there is to see at one moment of what people have done. */
export interface Seen {
  /** Of the whole Discord. */
  messages: readonly APIMessage[];
  /** All that the store holds. */
  bucket: { keys(): readonly string[]; get(key: string): { body: Buffer } | undefined };
  /** By jobs' kinds and ids, of dead letters with the reasons; undefined where nobody can know. */
  queue: { taken: ReadonlySet<string>; deadLetters: ReadonlyMap<string, string> } | undefined;
}

/** What became of one command or press. */
export interface Item {
  asked: Asked;
  fate: Fate;
  /** By the queue; where nobody can know, whether it may have been. */
  isTaken: boolean;
  /** Whether there is a log, or a row. */
  isKept: boolean;
  isDeadLetter: boolean;
  /** What should not be: sentences with its id. */
  problems: string[];
}

/** Compares for each item what the person was told with what the queue has taken and what the store has kept. */
export function accountOf(asked: readonly Asked[], { messages, bucket, queue }: Seen): Item[] {
  const answers = byInteraction(messages);
  const logs = logsIn(bucket);
  const rows = rowsIn(bucket);

  return asked.map((one): Item => {
    const name = `${one.kind} ${one.id}`;
    const found = answers.get(one.id) ?? [];
    const kept = (one.kind === "stats" ? logs : rows).get(one.id) ?? [];
    const [answer] = found;
    const fate = fateOf(answer);
    const state: State = {
      fate,
      isTaken: queue?.taken.has(name),
      isKept: kept.length > 0,
      deadLetter: queue?.deadLetters.get(name),
    };
    const problems = [
      found.length > 1 ? `has ${found.length} answers` : [],
      kept.length > 1 ? `has ${kept.length} ${one.kind === "stats" ? "logs" : "rows"}` : [],
      fate === "answered" && answer !== undefined ? (wrongAnswer(one, answer) ?? []) : [],
      kept.flatMap((text) => wrongRecord(one, text) ?? []),
      contradictions(state, one),
    ].flat();
    return {
      ...state,
      asked: one,
      isTaken: state.isTaken ?? ["answered", "failed", "thinking"].includes(fate),
      isDeadLetter: state.deadLetter !== undefined,
      problems: problems.map((problem) => `${name}, asked at ${(one.at / 1_000).toFixed(1)} s, ${problem}`),
    };
  });
}

interface State {
  fate: Fate;
  isTaken: boolean | undefined;
  isKept: boolean;
  deadLetter: string | undefined;
}

function contradictions(
  { fate, isTaken, isKept, deadLetter }: State,
  { phase: { leavesThinking } }: Asked,
): string[] {
  const isOver = fate === "answered" || fate === "failed";
  const kept = isKept ? "kept" : "not kept";
  const problems = [
    [isTaken === true && !isOver, `was taken and is ${fate}`],
    [isTaken === false && (fate === "answered" || isKept), `was not taken, and is ${fate} and ${kept}`],
    [isTaken !== true && fate === "thinking" && !leavesThinking, "is left thinking"],
    [isOver && isKept !== (fate === "answered"), `is ${fate} and ${kept}`],
    [deadLetter !== undefined && fate !== "failed", `is ${fate} and a dead letter: ${deadLetter}`],
    [deadLetter === undefined && fate === "failed" && isTaken === true, "is failed and no dead letter"],
  ] as const;
  return problems.filter(([isSo]) => isSo).map(([, problem]) => problem);
}

function byInteraction(messages: readonly APIMessage[]): Map<string, APIMessage[]> {
  const answers = messages.filter(({ interaction_metadata }) => interaction_metadata !== undefined);
  return Map.groupBy(answers, ({ interaction_metadata }) => interaction_metadata?.id ?? "");
}

/** The texts of logs, by the id in their keys. */
function logsIn(bucket: Seen["bucket"]): Map<string, string[]> {
  const logs = new Map<string, string[]>();
  for (const key of bucket.keys()) {
    const [, id] = /(?:^|\/)logs\/\d{4}\/\d\d\/\d\d\/(\d+)\.txt$/.exec(key) ?? [];
    if (id !== undefined) logs.set(id, [...(logs.get(id) ?? []), bucket.get(key)?.body.toString() ?? ""]);
  }
  return logs;
}

/** The rows of the label file, as `image label round`, by their ids. */
function rowsIn(bucket: Seen["bucket"]): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  const parts = bucket.keys().filter((key) => /(?:^|\/)labels\/\d+\.csv$/.test(key));
  for (const row of parts.flatMap((key) => readPart(bucket.get(key)?.body.toString() ?? "").rows)) {
    const [id = "", , image, label, , round] = row;
    rows.set(id, [...(rows.get(id) ?? []), `${image} ${label} ${round}`]);
  }
  return rows;
}

function wrongAnswer(asked: Asked, { embeds }: APIMessage): string | undefined {
  if (asked.kind === "press") return undefined;
  const { min, max, middle } = numbersOf(asked);
  const said = embeds[0]?.description;
  const expected = en.stats.answer.stats(`${min}`, `${max}`, `${middle}`, `${middle}`);
  return said === expected ? undefined : `has the answer ${said}`;
}

/** @param record a log, or a row as above */
function wrongRecord(asked: Asked, record: string): string | undefined {
  const isRight =
    asked.kind === "stats" ? record.includes(expectedLog(asked)) : record === expectedRow(asked);
  return isRight ? undefined : `is kept as ${record}`;
}

function expectedLog(asked: AskedStats): string {
  const { min, max, middle } = numbersOf(asked);
  return `numbers: ${max} ${min}\nmin: ${min}\nmax: ${max}\nmean: ${middle}\nmedian: ${middle}\n`;
}

/** By the custom id: `press:<round>:<position>:<label>:<image>` */
function expectedRow({ customId }: AskedPress): string {
  const [, round, , label, image] = customId.split(":");
  return `${image} ${label} ${round}`;
}

function numbersOf({ least }: AskedStats): { min: number; max: number; middle: number } {
  return { min: least, max: least + 4, middle: least + 2 };
}
