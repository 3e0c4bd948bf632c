import type { APIMessage } from "discord-api-types/v10";
import { messageType } from "../discord.ts";

const { threadCreated, recipientAdd, recipientRemove, channelNameChange } = messageType;

const deeds = [threadCreated, recipientAdd, recipientRemove, channelNameChange] as const;

/** What a message of Discord says that somebody did. */
export type Deed = (typeof deeds)[number];

/** Returns what a message says that somebody did; undefined for messages of people and bots. */
export function deedIn({ type }: Pick<APIMessage, "type">): Deed | undefined {
  return deeds.find((deed) => deed === type);
}
