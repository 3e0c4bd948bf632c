import { setTimeout as wait } from "node:timers/promises";
import type { LocalDiscord } from "../../local-discord/src/start.ts";
import { plainPng } from "../pictures.ts";
import { choicesIn, choose, type LoadProject } from "./projects.ts";
import { pressSubject, type LoadRequest, type Phase, type RequestContent } from "./requests.ts";
import { visibleState } from "./visible-state.ts";

const PEOPLE = ["ketchup", "mustard", "relish"] as const;

/** Time between two presses of a person; the rate limit is 10 per second. */
const INTERVAL_MS = 400;
/** How many requests one visitor sends before the next one takes over; the rate limit is 20 uploads or 30 `/stats` per minute. */
const REQUESTS_PER_VISITOR = 20;
/** Pictures with smaller numbers are in the projects from the start. */
const FIRST_PICTURE = 10_000;
/** With more unanswered requests than this, the load pauses, so that a slow machine can catch up. */
const MAX_UNANSWERED = 60;
/** How long to wait for an answer: longer than any run. */
const ANSWER_TIMEOUT_MS = 1_800_000;

type User = ReturnType<LocalDiscord["user"]>;

export interface Load {
  /** All requests so far. */
  requests: readonly LoadRequest[];
  /** What is asked for, again and again: see `subjectOf`. */
  subjects: ReadonlySet<string>;
  /** The phase of new requests; it may be set at any time. */
  phase: Phase;
  /** Stops sending requests. */
  stop(): Promise<void>;
}

interface LoadOptions {
  phase: Phase;
  /** Milliseconds. */
  interval?: number;
  /** Those who press buttons. */
  people?: readonly (typeof PEOPLE)[number][];
}

/**
 * Sends requests until it is stopped: in each interval every person answers an image of another project and a visitor sends a `/stats`,
 * and a visitor uploads an image to one of the projects.
 */
export function startLoad(
  discord: LocalDiscord,
  projects: readonly LoadProject[],
  { phase, interval = INTERVAL_MS, people = PEOPLE }: LoadOptions,
): Load {
  const requests: LoadRequest[] = [];
  const stopping = new AbortController();
  const started = performance.now();
  const load: Load = {
    requests,
    subjects: new Set(["stats", "upload", ...projects.map(pressSubject)]),
    phase,
    async stop() {
      stopping.abort();
      await stopped;
    },
  };
  const stopped = sendRequests();
  return load;

  async function sendRequests(): Promise<void> {
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      const number = nextNumber();
      const bytes = await plainPng(FIRST_PICTURE + number);
      const isOverloaded =
        requests.filter(({ finalState }) => finalState === undefined).length > MAX_UNANSWERED;
      if (!isOverloaded) {
        for (const [index, name] of people.entries()) {
          sendStats();
          press(discord.user(name), takeTurn(index + turn), turn);
        }
        upload(takeTurn(turn), { name: `${number}.png`, bytes });
      }
      await wait(interval);
    }
  }

  function takeTurn(turn: number): LoadProject {
    const project = projects[turn % projects.length];
    if (project === undefined) throw new Error("there is no project");
    return project;
  }

  function sendStats(): void {
    const min = nextNumber();
    const stats = visitorFor(discord, min).command("stats", { numbers: `${min + 4} ${min}` });
    record(stats, { kind: "stats", min });
  }

  function press(user: User, project: LoadProject, turn: number): void {
    const choices = choicesIn(project);
    const choice = choices[turn % choices.length];
    if (choice === undefined) throw new Error("there is nothing to choose");
    record(choose(user, project, choice), { kind: "press", project, userId: user.id, ...choice });
  }

  function upload(project: LoadProject, image: { name: string; bytes: Buffer }): void {
    const { channelId } = project;
    const visitor = visitorFor(discord, nextNumber());
    const handle = visitor.command("upload", { image }, { channelId });
    record(handle, { kind: "upload", project, userId: visitor.id, ...image });
  }

  function record(handle: ReturnType<User["press"]>, what: RequestContent): void {
    const common = {
      id: handle.id,
      at: performance.now() - started,
      phase: load.phase,
      finalState: undefined,
    };
    const entry: LoadRequest = { ...common, ...what };
    requests.push(entry);
    handle.answer({ timeout: ANSWER_TIMEOUT_MS }).then(
      (answer) => (entry.finalState = visibleState(answer)),
      () => (entry.finalState = "unacknowledged"),
    );
  }
}

let numbers = 0;

/** Returns a new number each time, so that no two requests have the same numbers. */
function nextNumber(): number {
  return (numbers += 1);
}

/** The person of each local Discord who currently sends `/stats` and `/upload`. */
const visitors = new WeakMap<LocalDiscord, { user: User; left: number }>();

function visitorFor(discord: LocalDiscord, number: number): User {
  const known = visitors.get(discord);
  const current = known?.left
    ? known
    : { user: discord.visitor(`visitor ${number}`), left: REQUESTS_PER_VISITOR };
  visitors.set(discord, current);
  current.left -= 1;
  return current.user;
}
