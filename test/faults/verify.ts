import type { APIMessage } from "discord.js";
import { en } from "../../src/texts/en.ts";
import { savedText } from "../../src/worker/question-texts.ts";
import { imageKeys, isRight, numbersOf, recordsIn, type Bucket } from "./records.ts";
import { answerOf, type LoadRequest } from "./requests.ts";
import { visibleState, type VisibleState } from "./visible-state.ts";

/** The state of the whole deployment at one moment. */
export interface Evidence {
  /** All messages on Discord. */
  messages: readonly APIMessage[];
  bucket: Bucket;
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
  const stored = recordsIn(bucket);

  return requests.map((one): RequestResult => {
    const name = `${one.kind} ${one.id}`;
    const found = answers.get(one.id) ?? [];
    const records = stored.get(one.id) ?? [];
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
      records.filter((text) => !isRight(one, text)).map((text) => `is stored as ${text}`),
      one.kind === "upload" ? wrongImages(imageKeys(one, bucket), state) : [],
      findContradictions(facts, one, answer?.content),
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

/** @param shown the text that the person sees, for what is said about a violation */
function findContradictions(
  { state, accepted, stored, deadLetter }: Facts,
  { phase: { mayLeaveThinking } }: LoadRequest,
  shown = "",
): string[] {
  const isOver = state === "answered" || state === "failed";
  const storage = stored ? "stored" : "not stored";
  const end = deadLetter === undefined ? "" : `, and is a dead letter: ${deadLetter}`;
  const problems = [
    [accepted === true && !isOver, `was accepted and is ${state}: ${shown}`],
    [
      accepted === false && (state === "answered" || stored),
      `was not accepted, and is ${state} and ${storage}`,
    ],
    [accepted !== true && state === "thinking" && !mayLeaveThinking, "stays thinking"],
    [isOver && stored !== (state === "answered"), `is ${state} and ${storage}${end}`],
    [deadLetter !== undefined && state !== "failed", `is ${state} and a dead letter: ${deadLetter}`],
    [deadLetter === undefined && state === "failed" && accepted === true, "is failed and not a dead letter"],
  ] as const;
  return problems.filter(([isViolated]) => isViolated).map(([, problem]) => problem);
}

function byInteraction(messages: readonly APIMessage[]): Map<string, APIMessage[]> {
  const answers = messages.filter(({ interaction_metadata }) => interaction_metadata !== undefined);
  return Map.groupBy(answers, ({ interaction_metadata }) => interaction_metadata?.id ?? "");
}

function wrongAnswer(request: LoadRequest, { embeds, content }: APIMessage): string | undefined {
  const actual = request.kind === "stats" ? embeds[0]?.description : content;
  return actual?.startsWith(expectedAnswer(request)) ? undefined : `has the answer ${actual}`;
}

/** The beginning of an answer. */
function expectedAnswer(request: LoadRequest): string {
  if (request.kind === "upload") return `1. \`${request.name}\` – ${en.upload.outcome.added}`;
  if (request.kind === "press") return savedText(request.project.question, answerOf(request), en);
  const { min, max, middle } = numbersOf(request);
  return en.stats.answer.stats(`${min}`, `${max}`, `${middle}`, `${middle}`);
}

function wrongImages({ found, expected }: ReturnType<typeof imageKeys>, state: VisibleState): string[] {
  const isMissing = state === "answered" && !found.includes(expected);
  return [
    ...(isMissing ? [`is answered without ${expected}`] : []),
    ...found.filter((key) => key !== expected).map((key) => `has its image in ${key}`),
  ];
}
