import { type Attachments, folderAttachments, memoryAttachments } from "./attachments.ts";
import { type Commands, commands } from "./commands.ts";
import { type Events, events } from "./events.ts";
import { type Interactions, interactions } from "./interactions.ts";
import { type Messages, messages } from "./messages.ts";
import { type Modals, modals } from "./modals.ts";
import { type Responses, responses } from "./responses.ts";
import { type NextSnowflake, snowflakes } from "./snowflake.ts";
import { type Threads, threads } from "./threads.ts";
import { type Traffic, traffic } from "./traffic.ts";
import { type World, world } from "./world.ts";
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
  modals: Modals;
  responses: Responses;
  traffic: Traffic;
  nextSnowflake: NextSnowflake;
  /** Stores a guild after a change. */
  saveGuild: (guild: Guild) => void;
  /** Current time in milliseconds since 1970. */
  now: () => number;
}

interface OpenOptions {
  journal: Journal;
  time: Clock;
  /** Origin of the URLs of attachments and avatars. */
  cdn: string;
  /** Folder for attachments; default: in memory. */
  folder?: string;
  botName?: string;
  guildName?: string;
  preferredLocale?: string;
}

/** Opens the state, with everything that the journal restores from earlier runs. */
export function openDiscord({
  journal,
  time,
  cdn,
  folder,
  botName = "bot",
  guildName = "Local Guild",
  preferredLocale = "en-US",
}: OpenOptions): Discord {
  const nextSnowflake = snowflakes(time.now);
  const bus = events();
  // Subscribes before all others, which ask it what caused an event.
  const toBot = responses(bus);
  const theWorld = world(journal, nextSnowflake, { cdn, botName, guildName, preferredLocale });
  return {
    world: theWorld,
    events: bus,
    // Counts messages before others hear of them.
    threads: threads(theWorld, { journal, events: bus, time }),
    messages: messages(journal, { events: bus, world: theWorld }),
    attachments: folder ? folderAttachments(join(folder, "attachments")) : memoryAttachments(),
    commands: commands(theWorld.applicationId, { journal, events: bus, nextSnowflake }),
    interactions: interactions(bus, time),
    modals: modals(),
    responses: toBot,
    traffic: traffic(time.now),
    nextSnowflake,
    saveGuild: (guild) => saveGuild(journal, guild),
    now: time.now,
  };
}
