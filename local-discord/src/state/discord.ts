import { type Attachments, folderAttachments, memoryAttachments } from "./attachments.ts";
import { type Commands, commands } from "./commands.ts";
import { type Events, events } from "./events.ts";
import { type Interactions, interactions } from "./interactions.ts";
import { type InteractionsUrl, interactionsUrl } from "./interactions-url.ts";
import { type Messages, messages } from "./messages.ts";
import { type Modals, modals } from "./modals.ts";
import { type Responses, responses } from "./responses.ts";
import { type NextSnowflake, snowflakes } from "./snowflake.ts";
import { type Threads, threads } from "./threads.ts";
import { type Traffic, traffic } from "./traffic.ts";
import { type BotChanges, changeBot } from "./bot-user.ts";
import { type Typing, typing } from "./typing.ts";
import { type BuiltInNames, builtInWorld } from "./built-in-world.ts";
import { type NotBuiltUses, notBuiltUses } from "./not-built-uses.ts";
import { type Secrets, type Seed, secrets } from "./secrets.ts";
import { type World, world } from "./world.ts";
import { checkWorld, type WorldDescription } from "./world-description.ts";
import { join } from "node:path";
import type { Clock } from "./clock.ts";
import type { Guild } from "./guild.ts";
import { saveGuild } from "./stored-guilds.ts";
import type { Journal } from "./journal.ts";

/** The whole state of the local Discord. */
export interface Discord {
  world: World;
  events: Events;
  messages: Messages;
  threads: Threads;
  attachments: Attachments;
  commands: Commands;
  interactions: Interactions;
  interactionsUrl: InteractionsUrl;
  modals: Modals;
  typing: Typing;
  responses: Responses;
  traffic: Traffic;
  nextSnowflake: NextSnowflake;
  secrets: Secrets;
  notBuilt: NotBuiltUses;
  /** Changes the name or avatar of the bot, stores it, and sends the bot USER_UPDATE. */
  changeBot: (changes: BotChanges) => void;
  /** Stores a guild after a change. */
  saveGuild: (guild: Guild) => void;
  /** Current time in milliseconds since 1970. */
  now: () => number;
  /** Sets an alarm in milliseconds from now; returns a function that cancels it. */
  after: Clock["after"];
  /** Time for ids and timestamps, in milliseconds since 1970; with a seed, it stands still until a test moves it. */
  stamp: () => number;
}

interface OpenOptions extends BuiltInNames {
  journal: Journal;
  time: Clock;
  /** Origin of the URLs of attachments and avatars. */
  cdn: string;
  /** Folder for attachments; default: in memory. */
  folder?: string;
  /** Default: the built-in world, with these names. */
  world?: WorldDescription;
  /** Token of the bot; default: that of the world, or a random one. */
  token?: string;
  seed?: Seed;
  log: (line: string) => void;
}

/** Opens the state, with everything that the journal restores from earlier runs. */
export function openDiscord({
  journal,
  time,
  cdn,
  folder,
  world: described,
  token,
  seed,
  log,
  ...names
}: OpenOptions): Discord {
  const description = checkWorld({ ...(described ?? builtInWorld(names)), ...(token ? { token } : {}) });
  const secret = secrets(seed);
  const nextSnowflake = snowflakes(time.stamp, firstId(secret, seed));
  const bus = events();
  // Subscribes before all others, which ask it what caused an event.
  const toBot = responses(bus);
  const theWorld = world(journal, { cdn, nextSnowflake, secrets: secret, description, now: time.now });
  return {
    world: theWorld,
    events: bus,
    // Counts messages before others hear of them.
    threads: threads(theWorld, { journal, events: bus, time }),
    messages: messages(journal, { events: bus, world: theWorld }),
    attachments: folder ? folderAttachments(join(folder, "attachments")) : memoryAttachments(),
    commands: commands(theWorld.applicationId, { journal, events: bus, nextSnowflake }),
    interactions: interactions(bus, time),
    interactionsUrl: interactionsUrl(journal),
    modals: modals(),
    typing: typing(theWorld, { events: bus }),
    responses: toBot,
    traffic: traffic(time.now),
    nextSnowflake,
    secrets: secret,
    notBuilt: notBuiltUses(log),
    changeBot: (changes) => changeBot(theWorld, { journal, events: bus, changes }),
    saveGuild: (guild) => saveGuild(journal, guild),
    now: time.now,
    after: (milliseconds, act) => time.after(milliseconds, act),
    stamp: time.stamp,
  };
}

/** Returns the number of the first id, so that ids differ between seeds, with room for 2,000,000 more in its millisecond. */
function firstId(secret: Secrets, seed: Seed | undefined): bigint {
  return seed === undefined ? 0n : BigInt(secret("ids", 3).readUIntBE(0, 3) % 2 ** 21);
}
