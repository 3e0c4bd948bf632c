import { setTimeout as wait } from "node:timers/promises";
import { ComponentType, type APIMessage } from "discord.js";
import type { Playground } from "../../playground/start.ts";

export const PEOPLE = ["ketchup", "mustard", "relish"] as const;

/** Milliseconds between two presses of a person, who may make 10 a second. */
const BETWEEN = 125;
/** So that no two requests are for the same numbers. */
let asked = 0;
/** Stats that one person asks for, who may do so 30 times a minute; then another comes. */
const STATS_OF_ONE = 20;

type User = ReturnType<Playground["user"]>;

type Handle = ReturnType<User["command"]>;

/** What people have done, by the interaction's id. */
export interface Load {
  /** With the least of the two numbers that were asked for; the other is greater by 4. */
  stats: Map<string, { least: number; handle: Handle }>;
  /** With the custom id of the button. */
  presses: Map<string, { customId: string; handle: Handle }>;
}

interface Busy {
  /** Grows. */
  made: Load;
  /** Resolves when nothing more is done. */
  stop(): Promise<void>;
}

/** Each person presses a button, and somebody asks for stats, eight times a second until they are stopped. */
export function load(discord: Playground, rounds: readonly APIMessage[]): Busy {
  const made: Load = { stats: new Map(), presses: new Map() };
  const stopping = new AbortController();
  const over = goOn(discord, rounds, made, stopping.signal);
  return {
    made,
    async stop() {
      stopping.abort();
      await over;
    },
  };
}

async function goOn(
  discord: Playground,
  rounds: readonly APIMessage[],
  made: Load,
  stopping: AbortSignal,
): Promise<void> {
  for (let turn = 0; !stopping.aborted; turn += 1) {
    for (const [index, name] of PEOPLE.entries()) {
      const round = rounds[(index + turn) % rounds.length];
      if (round !== undefined) act(discord, name, round, turn, made);
    }
    await wait(BETWEEN);
  }
}

function act(
  discord: Playground,
  name: (typeof PEOPLE)[number],
  round: APIMessage,
  turn: number,
  { stats, presses }: Load,
): void {
  const user = discord.user(name);
  const least = (asked += 1);
  const handle = askerOf(discord, least).command("stats", { numbers: `${least + 4} ${least}` });
  stats.set(handle.id, { least, handle });
  const customIds = customIdsOf(round);
  const customId = customIds[turn % customIds.length] ?? "";
  const pressed = user.press(round, customId);
  presses.set(pressed.id, { customId, handle: pressed });
}

/** By local Discord: whoever asks for stats at present. */
const askers = new WeakMap<Playground, { user: User; left: number }>();

function askerOf(discord: Playground, number: number): User {
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
