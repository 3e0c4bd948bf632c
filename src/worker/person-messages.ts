import type { REST } from "@discordjs/rest";
import { RESTJSONErrorCodes, Routes } from "discord-api-types/v10";
import { z } from "zod";
import { attachedFiles, type AttachedFile } from "../jobs/references.ts";
import { hasErrorCode, NO_CHANNEL_ACCESS } from "../platform/discord/requests.ts";
import { snowflake } from "../platform/snowflake.ts";

/** @see https://discord.com/developers/docs/resources/message#message-object */
const personMessage = z.object({
  author: z.object({ id: snowflake }),
  attachments: z.array(z.object({ url: z.url(), filename: z.string() })).default([]),
});

interface PersonMessage {
  authorId: string;
  /** What is attached now, with URLs that are valid for a day. */
  files: AttachedFile[];
}

/** Messages of people that are addressed to the bot: of others, Discord does not show it the attachments. */
export interface PersonMessages {
  /** @returns undefined for a message that is deleted, or in a channel that the bot may not see */
  read(message: { channelId: string; messageId: string }): Promise<PersonMessage | undefined>;
}

/** @param rest sends requests with the bot's token */
export function personMessages(rest: REST): PersonMessages {
  return {
    async read({ channelId, messageId }) {
      try {
        const found: unknown = await rest.get(Routes.channelMessage(channelId, messageId));
        const { author, attachments } = personMessage.parse(found);
        const files = attachedFiles(attachments.map(({ url, filename: name }) => ({ url, name })));
        return { authorId: author.id, files };
      } catch (error) {
        if (hasErrorCode(error, [RESTJSONErrorCodes.UnknownMessage, ...NO_CHANNEL_ACCESS])) return undefined;
        throw error;
      }
    },
  };
}
