import { setTimeout as wait } from "node:timers/promises";
import { ComponentType, type APIMessage } from "discord.js";
import { decodeCustomId } from "../../src/jobs/custom-id.ts";
import type { LocalDiscord } from "../../local-discord/src/start.ts";
import { visibleState, type VisibleState } from "./visible-state.ts";

export const PEOPLE = ["ketchup", "mustard", "relish"] as const;

/** Time between two presses of a person; the rate limit is 10 per second. */
const INTERVAL_MS = 400;
/** How many `/stats` one person sends before the next one takes over; the rate limit is 30 per minute. */
const STATS_PER_PERSON = 20;
/** With more unanswered requests than this, the load pauses, so that a slow machine can catch up. */
const MAX_UNANSWERED = 60;
/** How long to wait for an answer: longer than any run. */
const ANSWER_TIMEOUT_MS = 900_000;

type User = ReturnType<LocalDiscord["user"]>;

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

/** A `/stats` of two numbers, `min` and `min + 4`. */
export type StatsRequest = Common & { kind: "stats"; min: number };
export type PressRequest = Common & { kind: "press"; customId: string };
export type LoadRequest = StatsRequest | PressRequest;

export interface Load {
  /** All requests so far. */
  requests: readonly LoadRequest[];
  /** The phase of new requests; it may be set at any time. */
  phase: Phase;
  /** Stops sending requests. */
  stop(): Promise<void>;
}

/** Sends requests until it is stopped: in each interval every person presses a button and sends a `/stats`. */
export function startLoad(
  discord: LocalDiscord,
  rounds: readonly APIMessage[],
  { phase, interval = INTERVAL_MS }: { phase: Phase; interval?: number },
): Load {
  const requests: LoadRequest[] = [];
  const stopping = new AbortController();
  const started = performance.now();
  const load: Load = {
    requests,
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
      const isOverloaded =
        requests.filter(({ finalState }) => finalState === undefined).length > MAX_UNANSWERED;
      for (const [index, name] of PEOPLE.entries()) {
        const round = rounds[(index + turn) % rounds.length];
        if (round !== undefined && !isOverloaded) sendPair(discord.user(name), round, turn);
      }
      await wait(interval);
    }
  }

  function sendPair(user: User, round: APIMessage, turn: number): void {
    const min = nextNumber();
    const stats = statsUser(discord, min).command("stats", { numbers: `${min + 4} ${min}` });
    record(stats, { kind: "stats", min });
    const customIds = customIdsOf(round);
    const customId = customIds[turn % customIds.length] ?? "";
    record(user.press(round, customId), { kind: "press", customId });
  }

  function record(
    handle: ReturnType<User["press"]>,
    what: Pick<StatsRequest, "kind" | "min"> | Pick<PressRequest, "kind" | "customId">,
  ): void {
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

/** The person of each local Discord who currently sends `/stats`. */
const statsUsers = new WeakMap<LocalDiscord, { user: User; left: number }>();

function statsUser(discord: LocalDiscord, number: number): User {
  const known = statsUsers.get(discord);
  const current = known?.left
    ? known
    : { user: discord.visitor(`visitor ${number}`), left: STATS_PER_PERSON };
  statsUsers.set(discord, current);
  current.left -= 1;
  return current.user;
}

/** The custom ids of the 8 buttons of a round with answers. */
export function customIdsOf({ components = [] }: Pick<APIMessage, "components">): string[] {
  const [container] = components;
  if (container?.type !== ComponentType.Container) throw new Error("the round has no container");
  return container.components
    .flatMap((component) => (component.type === ComponentType.ActionRow ? component.components : []))
    .map((button) => ("custom_id" in button ? button.custom_id : ""))
    .filter((id) => decodeCustomId(id)?.kind === "press");
}
