import type { APIMessage } from "discord-api-types/v10";
import { messageType } from "../discord.ts";

const { threadCreated, recipientAdd, recipientRemove, channelNameChange, channelPinnedMessage } = messageType;

const SYSTEM_TYPES = [
  threadCreated,
  recipientAdd,
  recipientRemove,
  channelNameChange,
  channelPinnedMessage,
] as const;

/** The type of a message in which Discord says what somebody did. */
export type SystemType = (typeof SYSTEM_TYPES)[number];

/** Returns the type of a system message; undefined for messages of people and bots. */
export function systemTypeOf({ type }: Pick<APIMessage, "type">): SystemType | undefined {
  return SYSTEM_TYPES.find((one) => one === type);
}
