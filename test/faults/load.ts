import { setTimeout as wait } from "node:timers/promises";
import { ComponentType, type APIMessage } from "discord.js";
import type { LocalDiscord } from "../../local-discord/src/start.ts";
import { fateOf, type Fate } from "./fate.ts";

export const PEOPLE = ["ketchup", "mustard", "relish"] as const;

/** Milliseconds between two presses of a person, who may make 10 a second. */
const INTERVAL_MS = 400;
/** Stats that one person asks for, who may do so 30 times a minute; then another comes. */
const STATS_OF_ONE = 20;
/** Commands and presses without an answer: with more, nobody asks. Otherwise a machine that is too slow would never catch up. */
const MAX_UNANSWERED = 60;
/** Milliseconds for which an answer is watched for: longer than any run. */
const WATCH_MS = 900_000;

type User = ReturnType<LocalDiscord["user"]>;

/** When something was asked. */
export interface Phase {
  /** As in "between faults". */
  name: string;
  /** Whether those who ask now may be left with "thinking", as long as the queue has not taken their job. */
  leavesThinking: boolean;
}

interface Common {
  /** The interaction's. */
  id: string;
  /** Milliseconds since the load began. */
  at: number;
  phase: Phase;
  /** What took the place of "thinking" at first, or that nothing came at all; undefined until then. */
  told: Fate | undefined;
}

/** The other of the two numbers is greater by 4. */
export type AskedStats = Common & { kind: "stats"; least: number };
export type AskedPress = Common & { kind: "press"; customId: string };
export type Asked = AskedStats | AskedPress;

export interface Load {
  /** All that people have asked so far. */
  asked: readonly Asked[];
  /** May be set at any time. */
  phase: Phase;
  /** Resolves when nothing more is asked. */
  stop(): Promise<void>;
}

/** Each person presses a button, and somebody asks for stats, once per interval until they are stopped; not while too much is unanswered. */
export function startLoad(
  discord: LocalDiscord,
  rounds: readonly APIMessage[],
  { phase, interval = INTERVAL_MS }: { phase: Phase; interval?: number },
): Load {
  const asked: Asked[] = [];
  const stopping = new AbortController();
  const began = performance.now();
  const load: Load = {
    asked,
    phase,
    async stop() {
      stopping.abort();
      await over;
    },
  };
  const over = goOn();
  return load;

  async function goOn(): Promise<void> {
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      const isTooMuch = asked.filter(({ told }) => told === undefined).length > MAX_UNANSWERED;
      for (const [index, name] of PEOPLE.entries()) {
        const round = rounds[(index + turn) % rounds.length];
        if (round !== undefined && !isTooMuch) ask(discord.user(name), round, turn);
      }
      await wait(interval);
    }
  }

  function ask(user: User, round: APIMessage, turn: number): void {
    const least = nextNumber();
    const stats = askerOf(discord, least).command("stats", { numbers: `${least + 4} ${least}` });
    note(stats, { kind: "stats", least });
    const customIds = customIdsOf(round);
    const customId = customIds[turn % customIds.length] ?? "";
    note(user.press(round, customId), { kind: "press", customId });
  }

  function note(
    handle: ReturnType<User["press"]>,
    what: Pick<AskedStats, "kind" | "least"> | Pick<AskedPress, "kind" | "customId">,
  ): void {
    const common = { id: handle.id, at: performance.now() - began, phase: load.phase, told: undefined };
    const entry: Asked = { ...common, ...what };
    asked.push(entry);
    handle.answer({ timeout: WATCH_MS }).then(
      (answer) => (entry.told = fateOf(answer)),
      () => (entry.told = "unacknowledged"),
    );
  }
}

let numbers = 0;

/** No two requests are for the same numbers. */
function nextNumber(): number {
  return (numbers += 1);
}

/** By local Discord: whoever asks for stats at present. */
const askers = new WeakMap<LocalDiscord, { user: User; left: number }>();

function askerOf(discord: LocalDiscord, number: number): User {
  const known = askers.get(discord);
  const asker = known?.left ? known : { user: discord.visitor(`visitor ${number}`), left: STATS_OF_ONE };
  askers.set(discord, asker);
  asker.left -= 1;
  return asker.user;
}

/** The 8 buttons of a round. */
export function customIdsOf({ components = [] }: Pick<APIMessage, "components">): string[] {
  const [container] = components;
  if (container?.type !== ComponentType.Container) throw new Error("the round is no container");
  return container.components
    .flatMap((component) => (component.type === ComponentType.ActionRow ? component.components : []))
    .map((button) => ("custom_id" in button ? button.custom_id : ""));
}
