import type { REST } from "@discordjs/rest";
import { ChannelType, Routes } from "discord-api-types/v10";
import { z } from "zod";
import { asyncCache } from "../platform/async-cache.ts";
import { hasErrorCode, NO_CHANNEL_ACCESS } from "../platform/discord/requests.ts";
import { snowflake } from "../platform/snowflake.ts";

/** How long a channel is cached, in milliseconds. */
const LIFETIME_MS = 30_000;

/** @see https://discord.com/developers/docs/resources/channel#channel-object */
const channelSchema = z.object({
  id: snowflake,
  type: z.enum(ChannelType),
  name: z.string().nullish(),
  /** The channel of a thread. */
  parent_id: snowflake.nullish(),
  /** Threads have none of their own. */
  nsfw: z.boolean().default(false),
});
type FoundChannel = z.infer<typeof channelSchema>;

/** Asks Discord about channels. */
export interface Channels {
  /** @returns the channel, cached for 30 seconds; undefined if the bot may not see it, or if it is deleted */
  read(id: string): Promise<FoundChannel | undefined>;
}

/** @param rest sends requests with the bot's token */
export function channelReader(rest: REST): Channels {
  const channels = asyncCache<FoundChannel | undefined>({ lifetime: LIFETIME_MS });

  async function ask(id: string): Promise<FoundChannel | undefined> {
    try {
      return channelSchema.parse(await rest.get(Routes.channel(id)));
    } catch (error) {
      if (hasErrorCode(error, NO_CHANNEL_ACCESS)) return undefined;
      throw error;
    }
  }

  return { read: (id) => channels.load(id, () => ask(id)) };
}
