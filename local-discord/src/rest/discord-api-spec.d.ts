// discord-api-spec has no types for its zod schemas. This types the schemas that are used here with discord-api-types.
declare module "discord-api-spec/zod" {
  import type {
    APIApplicationCommandOptionChoice,
    APIModalInteractionResponse,
    ChannelType,
    InteractionResponseType,
    OverwriteType,
    RESTPatchAPIApplicationCommandJSONBody,
    RESTPatchAPIChannelMessageJSONBody,
    RESTPatchAPIGuildJSONBody,
    RESTPostAPIApplicationCommandsJSONBody,
    RESTPostAPIChannelMessageJSONBody,
    ThreadChannelType,
  } from "discord-api-types/v10";
  import type { ZodMiniType } from "zod/mini";

  type Create = RESTPatchAPIChannelMessageJSONBody &
    Pick<
      RESTPostAPIChannelMessageJSONBody,
      "nonce" | "enforce_nonce" | "message_reference" | "tts" | "poll" | "sticker_ids"
    >;
  type Edit = RESTPatchAPIChannelMessageJSONBody;
  interface ThreadSettings {
    name: string;
    auto_archive_duration?: 60 | 1440 | 4320 | 10_080 | null;
    rate_limit_per_user?: number | null;
  }
  type Choices = ZodMiniType<{ choices?: (APIApplicationCommandOptionChoice | null)[] | null }>;
  /** Permissions are a number here, although bots send digits. */
  interface RoleBody {
    name?: string | null;
    permissions?: number | null;
    color?: number | null;
    colors?: {
      primary_color?: number | null;
      secondary_color?: number | null;
      tertiary_color?: number | null;
    } | null;
    hoist?: boolean | null;
    mentionable?: boolean | null;
    icon?: string | null;
    unicode_emoji?: string | null;
  }
  type Command = RESTPostAPIApplicationCommandsJSONBody;

  export const ApplicationFormPartialSchema: ZodMiniType<{ interactions_endpoint_url?: string | null }>;
  export const ApplicationCommandCreateRequestSchema: ZodMiniType<Command>;
  export const ApplicationCommandPatchRequestPartialSchema: ZodMiniType<RESTPatchAPIApplicationCommandJSONBody>;
  export const ApplicationCommandUpdateRequestSchema: ZodMiniType<Command>;
  export const BanUserFromGuildRequestSchema: ZodMiniType<{
    delete_message_seconds?: number | null;
    delete_message_days?: number | null;
  }>;
  export const BotAccountPatchRequestSchema: ZodMiniType<{
    username: string;
    avatar?: string | null;
    banner?: string | null;
  }>;
  export const BulkBanUsersRequestSchema: ZodMiniType<{
    user_ids: string[];
    delete_message_seconds?: number | null;
  }>;
  export const CreateRoleRequestSchema: ZodMiniType<RoleBody>;
  export const GuildPatchRequestPartialSchema: ZodMiniType<RESTPatchAPIGuildJSONBody>;
  export const UpdateRolePositionsRequestSchema: ZodMiniType<{
    id?: string | null;
    position?: number | null;
  }>;
  export const UpdateRoleRequestPartialSchema: ZodMiniType<RoleBody>;
  export const CreateForumThreadRequestSchema: ZodMiniType<
    ThreadSettings & { applied_tags?: string[] | null; message: Edit }
  >;
  /** Permissions are numbers here, although bots send digits. */
  interface OverwriteBody {
    id: string;
    type?: OverwriteType | null;
    allow?: number | null;
    deny?: number | null;
  }
  interface ChannelBody {
    name: string;
    type?: ChannelType | null;
    nsfw?: boolean | null;
    topic?: string | null;
    position?: number | null;
    parent_id?: string | null;
    rate_limit_per_user?: number | null;
    permission_overwrites?: OverwriteBody[] | null;
    /** Not built, as others. */
    available_tags?: unknown;
  }

  export const ChannelPermissionOverwriteRequestSchema: ZodMiniType<OverwriteBody>;
  export const CreateGuildChannelRequestSchema: ZodMiniType<ChannelBody>;
  export const UpdateGuildChannelRequestPartialSchema: ZodMiniType<Partial<ChannelBody>>;
  export const CreateMessageInteractionCallbackRequestSchema: ZodMiniType<{
    type:
      | InteractionResponseType.ChannelMessageWithSource
      | InteractionResponseType.DeferredChannelMessageWithSource;
    data?: Create | null;
  }>;
  export const InteractionApplicationCommandAutocompleteCallbackIntegerDataSchema: Choices;
  export const InteractionApplicationCommandAutocompleteCallbackNumberDataSchema: Choices;
  export const InteractionApplicationCommandAutocompleteCallbackStringDataSchema: Choices;
  export const ModalInteractionCallbackRequestSchema: ZodMiniType<APIModalInteractionResponse>;
  export const UpdateMessageInteractionCallbackRequestSchema: ZodMiniType<{
    type: InteractionResponseType.DeferredMessageUpdate | InteractionResponseType.UpdateMessage;
    data?: Edit | null;
  }>;
  export const CreateTextThreadWithMessageRequestSchema: ZodMiniType<ThreadSettings>;
  export const CreateTextThreadWithoutMessageRequestSchema: ZodMiniType<
    ThreadSettings & { type?: ThreadChannelType | null; invitable?: boolean | null }
  >;
  export const IncomingWebhookRequestPartialSchema: ZodMiniType<Create>;
  export const IncomingWebhookUpdateRequestPartialSchema: ZodMiniType<Edit>;
  export const MessageCreateRequestSchema: ZodMiniType<Create>;
  export const MessageEditRequestPartialSchema: ZodMiniType<Edit>;
  export const UpdateThreadRequestPartialSchema: ZodMiniType<
    Partial<ThreadSettings> & {
      archived?: boolean | null;
      locked?: boolean | null;
      invitable?: boolean | null;
      applied_tags?: string[] | null;
    }
  >;
}
