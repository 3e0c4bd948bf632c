import type { REST } from "@discordjs/rest";
import { MessageFlags, RESTJSONErrorCodes, Routes } from "discord-api-types/v10";
import { z } from "zod";
import type { InteractionReference } from "../jobs/job.ts";
import type { AnswerMessage } from "./answers.ts";
import { isCode, TOKEN_OVER } from "../platform/discord/error-codes.ts";

/** A message of the bot in the channel of an interaction. */
export interface OwnPlace {
  interaction: InteractionReference;
  messageId: string;
  /** Whether the interaction is the press of a button in it: then its token leads to it, wherever the bot itself is not. */
  pressed: boolean;
}

/** A component as it was read; what we do not look at goes back as it came. */
const component = z.looseObject({
  type: z.int(),
  custom_id: z.string().optional(),
  label: z.string().optional(),
  get components() {
    return z.array(component).optional();
  },
});
export type OwnComponent = z.infer<typeof component>;

const ownMessage = z.object({
  content: z.string(),
  flags: z.int().default(0),
  components: z.array(component).default([]),
});
export type OwnMessage = z.infer<typeof ownMessage>;

type Change = Omit<AnswerMessage, "components"> & { components: readonly object[] };

export interface OwnMessages {
  /** undefined where it is gone, or out of reach: private and its token over, or in a channel that the bot may not see. */
  read(place: OwnPlace): Promise<OwnMessage | undefined>;
  /** Changes what the message says; nothing where it is gone or out of reach. */
  edit(place: OwnPlace, message: Change): Promise<void>;
  /** Tells the person alone, beside the message whose button they pressed; nothing once the 15 minutes are over. */
  tellBeside(interaction: InteractionReference, content: string): Promise<void>;
}

const OUT_OF_REACH = [
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
];

interface Options {
  /** For answers to interactions. */
  interactions: REST;
  /** With the bot's token. */
  channels: REST;
  /** Sends a request that is about a message of our own; see `onceKnown`. */
  known: <T>(request: () => Promise<T>) => Promise<T>;
}

export function ownMessages({ interactions, channels, known }: Options): OwnMessages {
  /** By the press's token as long as that is good, and else by the bot's own. undefined where neither reaches it. */
  async function reach<T>(
    { interaction, messageId, pressed }: OwnPlace,
    act: (rest: REST, route: `/${string}`, auth: boolean) => Promise<T>,
  ): Promise<T | undefined> {
    const { applicationId, token, channelId } = interaction;
    try {
      if (pressed)
        return await known(() => act(interactions, Routes.webhookMessage(applicationId, token), false));
    } catch (error) {
      if (isCode(error, [RESTJSONErrorCodes.UnknownMessage])) return undefined;
      if (!isCode(error, TOKEN_OVER)) throw error;
    }
    const route = Routes.channelMessage(channelId, messageId);
    return known(() => act(channels, route, true)).catch((error: unknown) => {
      if (isCode(error, OUT_OF_REACH)) return undefined;
      throw error;
    });
  }

  return {
    async read(place) {
      const found = await reach(place, (rest, route, auth) => rest.get(route, { auth }));
      return found === undefined ? undefined : ownMessage.parse(found);
    },

    async edit(place, { files = [], ...message }) {
      const attachments = files.map(({ name }, index) => ({ id: String(index), filename: name }));
      const body = { ...message, attachments, allowed_mentions: { parse: [] } };
      await reach(place, (rest, route, auth) => rest.patch(route, { auth, body, files }));
    },

    async tellBeside({ applicationId, token }, content) {
      const body = { content, flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } };
      try {
        await interactions.post(Routes.webhook(applicationId, token), { auth: false, body });
      } catch (error) {
        if (!isCode(error, TOKEN_OVER)) throw error;
      }
    },
  };
}
