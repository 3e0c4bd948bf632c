import type { APIMessage, APIUser } from "discord-api-types/v10";
import { MessageType } from "discord-api-types/v10";
import type { Discord } from "../state/discord.ts";

const NO_FLAGS: number = 0;

/** Returns a new message with a new id and the current time, which is not added yet. */
export function blankMessage(
  { nextSnowflake, stamp }: Pick<Discord, "nextSnowflake" | "stamp">,
  { author, channelId }: { author: APIUser; channelId: string },
): APIMessage {
  return {
    id: nextSnowflake(),
    type: MessageType.Default,
    channel_id: channelId,
    author,
    content: "",
    timestamp: new Date(stamp()).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    flags: NO_FLAGS,
  };
}
