import { MessageFlags, type APIMessage } from "discord.js";
import { en } from "../../src/texts/en.ts";
import { readPart } from "../store/rows.ts";
import type { Load } from "./load.ts";

/** What there is to see at one moment of what people have done. */
export interface Seen {
  /** Of the whole Discord. */
  messages: readonly APIMessage[];
  /** All that the store holds. */
  bucket: { keys(): readonly string[]; get(key: string): { body: Buffer } | undefined };
  /** As `kind id`; undefined where nobody can know. */
  taken: ReadonlySet<string> | undefined;
}

/** Of stats or of presses. */
interface Count {
  made: number;
  /** By the queue; where nobody can know, those that it may have taken. */
  taken: number;
  /** Answered, or confirmed. */
  answered: number;
  /** Logs, or rows. */
  kept: number;
  /** Told that it failed for good. */
  failed: number;
  /** Told that the queue did not take it. */
  notAccepted: number;
  /** Never acknowledged, as Discord shows. */
  unacknowledged: number;
  /** Not answered, and the person sees no end to it. */
  thinking: number;
  /** Told that it was too much, or no longer possible. */
  refused: number;
}

export interface Account {
  stats: Count;
  presses: Count;
  /** What should not be: sentences. */
  problems: string[];
}

type Fate = "answered" | "failed" | "notAccepted" | "unacknowledged" | "thinking" | "refused";

/** Compares what people were told with what was taken and what is kept. */
export function accountOf(load: Load, { messages, bucket, taken }: Seen): Account {
  const answers = byInteraction(messages);
  const problems: string[] = [];
  const logs = logsIn(bucket);
  const rows = rowsIn(bucket, problems);

  function count(
    kind: "stats" | "press",
    ids: Iterable<string>,
    check: { isKept: (id: string) => boolean; wrong: (id: string, answer: APIMessage) => string | undefined },
  ): Count {
    const fates: Count = { ...NOTHING };
    for (const id of ids) {
      const [answer, ...others] = answers.get(id) ?? [];
      if (others.length > 0) problems.push(`${kind} ${id} has ${others.length + 1} answers`);
      const fate = fateOf(answer);
      const isTaken = taken?.has(`${kind} ${id}`);
      const isKept = check.isKept(id);
      fates.made += 1;
      fates[fate] += 1;
      fates.taken += Number(isTaken ?? ["answered", "failed", "thinking"].includes(fate));
      fates.kept += Number(isKept);
      if (isTaken === true && fate !== "answered" && fate !== "failed")
        problems.push(`${kind} ${id} was taken and is ${fate}`);
      if (isTaken === false && (fate === "answered" || isKept))
        problems.push(`${kind} ${id} was not taken, and is ${fate}, ${isKept ? "kept" : "not kept"}`);
      if (fate === "answered" && !isKept) problems.push(`${kind} ${id} is answered and not kept`);
      const wrong =
        fate === "answered" && isKept && answer !== undefined ? check.wrong(id, answer) : undefined;
      if (wrong !== undefined) problems.push(`${kind} ${id}: ${wrong}`);
    }
    return fates;
  }

  const stats = count("stats", load.stats.keys(), {
    isKept: (id) => logs.has(id),
    wrong: (id, answer) => wrongStats(load.stats.get(id)?.least ?? 0, answer, logs.get(id) ?? ""),
  });
  const presses = count("press", load.presses.keys(), {
    isKept: (id) => rows.has(id),
    wrong: (id) => wrongRow(load.presses.get(id)?.customId ?? "", rows.get(id) ?? []),
  });
  return { stats, presses, problems };
}

const NOTHING = {
  made: 0,
  taken: 0,
  answered: 0,
  kept: 0,
  failed: 0,
  notAccepted: 0,
  unacknowledged: 0,
  thinking: 0,
  refused: 0,
};

function byInteraction(messages: readonly APIMessage[]): Map<string, APIMessage[]> {
  const found = new Map<string, APIMessage[]>();
  for (const message of messages) {
    const id = message.interaction_metadata?.id;
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), message]);
  }
  return found;
}

const FAILED = en.failed("").slice(0, 50);

function fateOf(answer: APIMessage | undefined): Fate {
  if (answer === undefined) return "unacknowledged";
  const { flags = 0, content, embeds } = answer;
  if ((flags & MessageFlags.Loading) !== 0) return "thinking";
  if (content === en.notAccepted) return "notAccepted";
  if (content.startsWith(FAILED)) return "failed";
  return embeds.length > 0 || content.startsWith("Saved: ") ? "answered" : "refused";
}

/** The text of each log, by the id in its key. */
function logsIn(bucket: Seen["bucket"]): Map<string, string> {
  const logs = new Map<string, string>();
  for (const key of bucket.keys()) {
    const [, id] = /(?:^|\/)logs\/\d{4}\/\d\d\/\d\d\/(\d+)\.txt$/.exec(key) ?? [];
    if (id !== undefined) logs.set(id, bucket.get(key)?.body.toString() ?? "");
  }
  return logs;
}

/** Each row of the label file by its id. */
function rowsIn(bucket: Seen["bucket"], problems: string[]): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  const parts = bucket.keys().filter((key) => /(?:^|\/)labels\/\d+\.csv$/.test(key));
  for (const row of parts.flatMap((key) => readPart(bucket.get(key)?.body.toString() ?? "").rows)) {
    const [id = ""] = row;
    if (rows.has(id)) problems.push(`there are two rows of press ${id}`);
    rows.set(id, row);
  }
  return rows;
}

function wrongStats(least: number, { embeds }: APIMessage, log: string): string | undefined {
  const [min, max, middle] = [least, least + 4, least + 2];
  const said = embeds[0]?.description;
  if (said !== en.stats.answer.stats(`${min}`, `${max}`, `${middle}`, `${middle}`)) return `it says ${said}`;
  const expected = `numbers: ${max} ${min}\nmin: ${min}\nmax: ${max}\nmean: ${middle}\nmedian: ${middle}\n`;
  return log.includes(expected) ? undefined : `its log says ${log}`;
}

/** @param customId as in `press:<round>:<position>:<label>:<image>` */
function wrongRow(customId: string, [, , image, label, , round]: string[]): string | undefined {
  const [, wantedRound, , wantedLabel, wantedImage] = customId.split(":");
  const same = image === wantedImage && label === wantedLabel && round === wantedRound;
  return same ? undefined : `its row says ${image} ${label} ${round}, the button ${customId}`;
}
