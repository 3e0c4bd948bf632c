import type { Attachments } from "./attachments.ts";
import type { Commands } from "./commands.ts";
import type { Events } from "./events.ts";
import type { Interactions } from "./interactions.ts";
import type { Messages } from "./messages.ts";
import type { NextSnowflake } from "./snowflake.ts";
import type { Traffic } from "./traffic.ts";
import type { World } from "./world.ts";

/** The whole state of the local Discord, handed to everything that serves it. */
export interface Discord {
  world: World;
  events: Events;
  messages: Messages;
  attachments: Attachments;
  commands: Commands;
  interactions: Interactions;
  traffic: Traffic;
  nextSnowflake: NextSnowflake;
  /** Milliseconds since 1970. */
  now: () => number;
}
