import type {
  APIApplicationCommandOptionChoice,
  APIUser,
  ApplicationCommandOptionType,
  ApplicationCommandType,
} from "discord-api-types/v10";
import { InteractionType } from "discord-api-types/v10";
import { alreadyAcknowledged, invalidWebhookToken, unknownInteraction, unknownWebhook } from "../errors.ts";
import type { ClientModal } from "../client-protocol.ts";
import type { Clock } from "./clock.ts";
import type { Events } from "./events.ts";

/** @see https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages */
const ACKNOWLEDGE_DEADLINE_MS = 3_000;
const TOKEN_LIFETIME_MS = 15 * 60_000;

/** The types of options that can have autocompletion. */
export type AutocompletedType =
  | ApplicationCommandOptionType.String
  | ApplicationCommandOptionType.Integer
  | ApplicationCommandOptionType.Number;

export interface Interaction {
  id: string;
  token: string;
  type:
    | InteractionType.ApplicationCommand
    | InteractionType.ApplicationCommandAutocomplete
    | InteractionType.MessageComponent
    | InteractionType.ModalSubmit;
  user: APIUser;
  channelId: string;
  /** Language of the person's Discord client. */
  locale: string;
  /** The command. The name of a subcommand is its full name, as in "project create". */
  command: { name: string; type: ApplicationCommandType } | null;
  /** The message whose component was pressed, or whose component opened the modal that is submitted. */
  sourceMessageId: string | null;
  /** The message that a message command was used on. */
  targetId: string | null;
  /** The person that a user command was used on. */
  targetUser: APIUser | null;
  /** For the submit of a modal, the interaction that opened the modal. */
  openedBy: Interaction | null;
  /** The modal that the bot answered with. */
  modal: ClientModal | null;
  /** For autocompletion, the type of the option that the person fills in. */
  focusedType: AutocompletedType | null;
  /** The choices that the bot suggested; null before its answer, and for interactions of other types. */
  choices: readonly APIApplicationCommandOptionChoice[] | null;
  /** Chosen by the page, which recognizes the outcome by it. */
  nonce: string | null;
  /** Time in milliseconds since 1970. */
  createdAt: number;
  state: "pending" | "acknowledged" | "failed";
  /** A sentence that says why it failed; null unless the interactions endpoint is the reason. */
  problem: string | null;
  /** Id of the message `@original`. */
  originalId: string | null;
  /** Ids of all answers in order, placeholders included. */
  answerIds: string[];
}

export interface Interactions {
  /** Sends the interaction to the bot, which has 3 s to acknowledge it. */
  start(interaction: Interaction, payload: { channel_id: string }): void;
  /**
   * Returns an interaction that can be acknowledged.
   * @throws DiscordError 10062 or 40060
   */
  awaiting(id: string, token: string): Interaction;
  acknowledge(interaction: Interaction): void;
  /** Ends a pending interaction before its deadline. */
  fail(interaction: Interaction, problem: string): void;
  /** Whether this is the token of a recent interaction, even of one that is over. */
  knows(token: string): boolean;
  /**
   * Returns the acknowledged interaction of a valid token.
   * @throws DiscordError 10015 or 50027
   */
  byToken(token: string): Interaction;
}

export function interactions(events: Events, time: Clock): Interactions {
  const known = new Map<string, Interaction>();
  const deadlines = new Map<string, () => void>();

  function settle(interaction: Interaction, state: "acknowledged" | "failed"): void {
    deadlines.get(interaction.id)?.();
    deadlines.delete(interaction.id);
    if (interaction.state !== "pending") return;
    interaction.state = state;
    const t = state === "failed" ? "INTERACTION_FAILURE" : "INTERACTION_SUCCESS";
    events.emit({ t, d: interaction });
  }
  function forgetExpired(): void {
    for (const [token, { createdAt }] of known) {
      if (createdAt + TOKEN_LIFETIME_MS > time.now()) return;
      known.delete(token);
    }
  }
  return {
    start(interaction, payload) {
      forgetExpired();
      known.set(interaction.token, interaction);
      deadlines.set(
        interaction.id,
        time.after(ACKNOWLEDGE_DEADLINE_MS, () => settle(interaction, "failed")),
      );
      events.emit({ t: "INTERACTION_CREATE", d: payload, interaction });
    },
    awaiting(id, token) {
      const interaction = known.get(token);
      if (interaction?.id !== id) throw unknownInteraction();
      if (interaction.state === "acknowledged") throw alreadyAcknowledged();
      if (interaction.state === "failed") throw unknownInteraction();
      return interaction;
    },
    acknowledge: (interaction) => settle(interaction, "acknowledged"),
    fail(interaction, problem) {
      if (interaction.state === "pending") interaction.problem = problem;
      settle(interaction, "failed");
    },
    knows: (token) => known.has(token),
    byToken(token) {
      const interaction = known.get(token);
      if (!interaction || time.now() - interaction.createdAt > TOKEN_LIFETIME_MS) throw invalidWebhookToken();
      // The webhook does not exist before the acknowledgement, and autocompletion has none.
      const { ApplicationCommandAutocomplete } = InteractionType;
      if (interaction.state !== "acknowledged" || interaction.type === ApplicationCommandAutocomplete)
        throw unknownWebhook();
      return interaction;
    },
  };
}
