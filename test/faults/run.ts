import { verifyRequests, type Evidence, type RequestResult } from "./verify.ts";
import { startApprovals, type Approvals } from "./approvals.ts";
import { deploy, type Deployment } from "./deployment.ts";
import type { Engine } from "./engine.ts";
import { waitUntil, type Fault, type FaultTarget } from "./fault.ts";
import { startExcludingPeople, type ExclusionCounts } from "./exclude-people.ts";
import { startLabelingAlone } from "./label-alone.ts";
import { startLoad, type Load } from "./load.ts";
import type { LoadProject } from "./projects.ts";
import { otherRecords } from "./records.ts";
import type { OpenS3 } from "./s3-backend.ts";
import { subjectOf, type LoadRequest, type Phase } from "./requests.ts";

export const BETWEEN_FAULTS = "between faults";
/** Minimum number of requests during a fault. */
const MIN_REQUESTS_DURING = 20;
/** Minimum number of requests between two faults. */
const MIN_REQUESTS_BETWEEN = 6;
/** The last attempt at a job may come 85 s after the first. */
const SETTLE_OPTIONS = { timeout: 180_000, interval: 100 };

export interface Run {
  engine: string;
  /** How often each injected fault had an effect. */
  hits: ReadonlyMap<string, number>;
  /** Why the run ended early. */
  error: Error | undefined;
  /** What was asked for, again and again. */
  subjects: ReadonlySet<string>;
  /** All requests and their results. */
  results: readonly RequestResult[];
  /** What the store held before the load, and what it holds at the end besides the records of the requests, by interaction id. */
  otherRecords: Record<"before" | "after", ReadonlyMap<string, string[]>>;
  /** What went wrong for a person who labeled alone. */
  alone: { presses: number; problems: readonly string[] };
  /** The results of the decisions of a moderator who excluded a person and took it back. */
  exclusions: ExclusionCounts;
  /** The outcomes of images that wait for approval, and what went wrong with them. */
  approvals: { counts: ReturnType<Approvals["counts"]>; problems: readonly string[] };
  /** The number of jobs that are neither done nor dead letters at the end. */
  unfinished: number;
  /** Processes that are not running at the end, with the end of their output. */
  ended: readonly string[];
}

export interface RunOptions {
  openEngine: () => Promise<Engine>;
  /** Default: the S3 server of the tests. */
  openS3?: OpenS3;
  faults: readonly Fault[];
  workers: 2 | 3 | 4;
}

/** Injects the faults one after the other into one deployment under a steady load, and verifies everything once at the end. */
export async function run({ openEngine, openS3, faults, workers }: RunOptions): Promise<Run> {
  await using engine = await openEngine();
  await using deployment = await deploy(engine, { workers, openS3 });
  const { discord, projects } = deployment;
  const approvals = await startApprovals(discord);
  const excluding = await startExcludingPeople(discord, moderated(projects));
  // The answer of the person who is excluded is from before the load, too.
  const before = otherRecords(await deployment.contents(), approvals.uploads);
  const alone = await startLabelingAlone(discord);
  const load = startLoad(discord, projects, { phase: betweenFaults() });
  const hits = new Map<string, number>();
  let error: Error | undefined;
  try {
    await untilWorking(load, MIN_REQUESTS_BETWEEN);
    for (const fault of faults) {
      const injection = injectFault(fault, load, {
        ...deployment,
        earlierRequestsDone: () => earlierRequestsDone(load),
      });
      hits.set(fault.name, await injection.catch((cause: unknown) => fail(fault, cause)));
    }
  } catch (cause) {
    error = cause as Error;
  } finally {
    await Promise.all([load.stop(), alone.stop(), excluding.stop(), approvals.stop()]);
  }
  // Requests that do not settle are reported by the verification.
  await waitUntil(() => isSettled(load, engine), "not settled", SETTLE_OPTIONS).catch(() => {});
  const evidence = await evidenceOf(deployment);
  const { bucket } = evidence;
  return {
    engine: engine.name,
    hits,
    error,
    subjects: load.subjects,
    results: withLogs(verifyRequests(load.requests, evidence), deployment),
    otherRecords: {
      before,
      after: otherRecords(bucket, [
        ...load.requests,
        ...alone.presses,
        ...excluding.decisions,
        ...approvals.uploads,
      ]),
    },
    alone: { presses: alone.presses.length, problems: alone.problems(bucket) },
    exclusions: excluding.count(evidence),
    approvals: { counts: approvals.counts(), problems: approvals.problems(bucket) },
    unfinished: await engine.unfinished(),
    ended: deployment.ended(),
  };
}

/** Adds what the processes have logged of a request to each of its problems. */
function withLogs(results: readonly RequestResult[], deployment: Deployment): RequestResult[] {
  return results.map((result) => {
    const { problems, request } = result;
    return {
      ...result,
      problems: problems.map((problem) => [problem, ...deployment.logOf(request.id)].join("\n  ")),
    };
  });
}

/** A channel's project in the server whose owner excludes people. */
function moderated(projects: readonly LoadProject[]): LoadProject {
  const found = projects.find(({ id }) => id !== null);
  if (found === undefined) throw new Error("there is no project of a channel");
  return found;
}

function betweenFaults(): Phase {
  return { name: BETWEEN_FAULTS, mayLeaveThinking: false };
}

function fail({ name }: Fault, cause: unknown): never {
  throw new Error(`fault "${name}" failed: ${String(cause)}`, { cause });
}

/** Injects a fault and waits until everything works again. */
async function injectFault(
  { name, inject, mayLeaveThinking = false }: Fault,
  load: Load,
  target: FaultTarget,
): Promise<number> {
  load.phase = { name, mayLeaveThinking };
  const hits = await inject(target);
  load.phase = { name, mayLeaveThinking: false };
  await untilWorking(load, MIN_REQUESTS_DURING);
  load.phase = betweenFaults();
  await untilWorking(load, MIN_REQUESTS_BETWEEN);
  return hits;
}

/** Waits until a request about every subject is answered in this phase, and there are `minimum` requests in phases of its name. */
async function untilWorking({ requests, phase, subjects }: Load, minimum: number): Promise<void> {
  const isLongEnough = (): boolean =>
    requests.filter(({ phase: { name } }) => name === phase.name).length >= minimum;
  const isWorking = (): boolean => {
    const answered = requests.filter((one) => one.phase === phase && one.finalState === "answered");
    return subjects.isSubsetOf(new Set(answered.map(subjectOf)));
  };
  await waitUntil(() => isWorking() && isLongEnough(), "no requests are answered");
}

async function earlierRequestsDone(load: Load): Promise<void> {
  const { requests, phase } = load;
  const isDone = ({ finalState }: LoadRequest): boolean => finalState !== undefined;
  await waitUntil(
    () => requests.every((one) => one.phase === phase || isDone(one)),
    "an earlier request is not answered",
  );
  await untilWorking(load, 1);
}

/** Whether all requests are done that can be done, and the queue is empty. */
export async function isSettled({ requests }: Load, engine: Engine): Promise<boolean> {
  const isDone = ({ finalState, phase }: LoadRequest): boolean =>
    finalState !== undefined || phase.mayLeaveThinking;
  return requests.every(isDone) && (await engine.unfinished()) === 0;
}

export async function evidenceOf({ discord, contents, engine }: Deployment): Promise<Evidence> {
  const queue = { accepted: await engine.accepted(), deadLetters: await engine.deadLetters() };
  return { messages: discord.messages(), bucket: await contents(), queue };
}
