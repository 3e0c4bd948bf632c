import { join } from "node:path";
import { folderAttachments, memoryAttachments } from "./attachments.ts";
import type { Clock } from "./clock.ts";
import { commands } from "./commands.ts";
import type { Discord } from "./discord.ts";
import { events } from "./events.ts";
import { interactions } from "./interactions.ts";
import type { Journal } from "./journal.ts";
import { messages } from "./messages.ts";
import { snowflakes } from "./snowflake.ts";
import { traffic } from "./traffic.ts";
import { world } from "./world.ts";

interface OpenOptions {
  journal: Journal;
  time: Clock;
  /** Origin of attachments and avatars. */
  cdn: string;
  /** Where the bytes of attachments are kept; in memory where none is named. */
  folder?: string;
  botName?: string;
  guildName?: string;
  preferredLocale?: string;
}

/** Puts the state together, with what the journal has of earlier runs. */
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
  const theWorld = world(journal, nextSnowflake, { cdn, botName, guildName, preferredLocale });
  return {
    world: theWorld,
    events: bus,
    messages: messages(journal, { events: bus, cdn }),
    attachments: folder ? folderAttachments(join(folder, "attachments")) : memoryAttachments(),
    commands: commands(theWorld.applicationId, { journal, events: bus, nextSnowflake }),
    interactions: interactions(bus, time),
    traffic: traffic(time.now),
    nextSnowflake,
    now: time.now,
  };
}
