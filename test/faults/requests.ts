import { decodeCustomId, type CustomId } from "../../src/jobs/custom-id.ts";
import { UNSURE } from "../../src/labeling/question.ts";
import type { LoadProject } from "./projects.ts";
import type { VisibleState } from "./visible-state.ts";

/** A phase of a run: during a fault, or between faults. */
export interface Phase {
  /** Such as "between faults". */
  name: string;
  /** Whether requests of this phase may stay "thinking…" if the queue has not accepted their job. */
  mayLeaveThinking: boolean;
}

interface Common {
  /** Interaction id. */
  id: string;
  /** Milliseconds since the start of the load. */
  at: number;
  phase: Phase;
  /** What the person saw after "thinking…". Undefined while the request is pending. */
  finalState: VisibleState | undefined;
}

interface InProject extends Common {
  project: LoadProject;
  /** Discord id of the person. */
  userId: string;
}

/** A `/stats` of two numbers, `min` and `min + 4`. */
export type StatsRequest = Common & { kind: "stats"; min: number };
/** An answer to an image of the project's round. `value` is that of a select menu. */
export type PressRequest = InProject & { kind: "press"; customId: string; value?: string };
/** An `/upload` of one picture in the project's channel. */
export type UploadRequest = InProject & { kind: "upload"; name: string; bytes: Buffer };
export type LoadRequest = StatsRequest | PressRequest | UploadRequest;

/** What distinguishes requests of one kind. */
export type RequestContent<Kind = LoadRequest> = Kind extends unknown ? Omit<Kind, keyof Common> : never;

type PressId = Extract<CustomId, { kind: "press" }>;

/** What a person has answered: to which image of which round. */
export function answerOf({ customId, value }: PressRequest): Omit<PressId, "kind" | "project"> {
  const id = decodeCustomId(customId);
  if (id?.kind === "press") return id;
  if (id?.kind !== "select") throw new Error(`not the custom id of an answer: ${customId}`);
  return { ...id, label: value === UNSURE ? UNSURE : Number(value) };
}

/** What a request asks for, such as "stats" or "press: Which animal?". */
export function subjectOf(request: LoadRequest): string {
  return request.kind === "press" ? pressSubject(request.project) : request.kind;
}

export function pressSubject({ question }: LoadProject): string {
  return `press: ${question.text}`;
}
