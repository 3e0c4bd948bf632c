import type { REST } from "@discordjs/rest";
import { RESTJSONErrorCodes, Routes } from "discord-api-types/v10";
import { z } from "zod";
import type { InteractionReference } from "../jobs/references.ts";
import { hasErrorCode, NO_CHANNEL_ACCESS, TOKEN_EXPIRED } from "../platform/discord/requests.ts";
import type { AnswerMessage } from "./answers.ts";
import { withoutText } from "./message-parts.ts";

/** Refers to one of the bot's messages. */
export type OwnMessageReference =
  /** In an interaction's channel. */
  | {
      interaction: InteractionReference;
      messageId: string;
      /** Whether the interaction is the press of a button in this message. Its token then gives access even where the bot has none. */
      pressed: boolean;
    }
  /** In any channel. */
  | { channelId: string; messageId: string };

/** A component as Discord sends it. Unknown fields are sent back unchanged. */
const component = z.looseObject({
  type: z.int(),
  id: z.int().optional(),
  custom_id: z.string().optional(),
  label: z.string().optional(),
  content: z.string().optional(),
  get components() {
    return z.array(component).optional();
  },
});
export type OwnComponent = z.infer<typeof component>;

const ownMessage = z.object({
  content: z.string(),
  flags: z.int().default(0),
  components: z.array(component).default([]),
  /** Set in a reply. */
  message_reference: z.looseObject({}).nullish(),
  attachments: z.array(z.object({ id: z.string(), filename: z.string(), url: z.string() })).default([]),
});
export type OwnMessage = z.infer<typeof ownMessage>;

type Change = Omit<AnswerMessage, "components"> & {
  components: readonly object[];
  /** Ids of the attachments that the message keeps. By default, `files` replace all. */
  keptFiles?: readonly string[];
};

export interface OwnMessages {
  /** Returns undefined for a message that is deleted, private with an expired token, or in a channel that the bot may not see. */
  read(message: OwnMessageReference): Promise<OwnMessage | undefined>;
  /** Changes the message; does nothing where `read` returns undefined. */
  edit(message: OwnMessageReference, change: Change): Promise<void>;
}

const NO_ACCESS = [RESTJSONErrorCodes.UnknownMessage, ...NO_CHANNEL_ACCESS];

interface Options {
  /** Sends requests with an interaction's token. */
  interactions: REST;
  /** Sends requests with the bot's token. */
  channels: REST;
  /** See `retryUnknownMessage`. */
  retry: <T>(request: () => Promise<T>) => Promise<T>;
}

export function ownMessages({ interactions, channels, retry }: Options): OwnMessages {
  /** Uses the press's token while it is valid, and then the bot's own. Returns undefined if neither gives access. */
  async function access<T>(
    message: OwnMessageReference,
    act: (rest: REST, route: `/${string}`, auth: boolean) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      if ("pressed" in message && message.pressed) {
        const { applicationId, token } = message.interaction;
        return await retry(() => act(interactions, Routes.webhookMessage(applicationId, token), false));
      }
    } catch (error) {
      if (hasErrorCode(error, [RESTJSONErrorCodes.UnknownMessage])) return undefined;
      if (!hasErrorCode(error, TOKEN_EXPIRED)) throw error;
    }
    const { channelId } = "interaction" in message ? message.interaction : message;
    const route = Routes.channelMessage(channelId, message.messageId);
    return retry(() => act(channels, route, true)).catch((error: unknown) => {
      if (hasErrorCode(error, NO_ACCESS)) return undefined;
      throw error;
    });
  }

  return {
    async read(message) {
      const found = await access(message, (rest, route, auth) => rest.get(route, { auth }));
      return found === undefined ? undefined : ownMessage.parse(found);
    },

    async edit(message, { files = [], keptFiles = [], ...change }) {
      const added = files.map(({ name }, index) => ({ id: String(index), filename: name }));
      const attachments = [...keptFiles.map((id) => ({ id })), ...added];
      const body = { ...change, ...withoutText(change), attachments, allowed_mentions: { parse: [] } };
      await access(message, (rest, route, auth) => rest.patch(route, { auth, body, files }));
    },
  };
}
