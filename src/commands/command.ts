import type {
  APIApplicationCommandSubcommandOption,
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  ChatInputCommandInteraction,
  InteractionButtonComponentData,
  MessageContextMenuCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord.js";
import type { Job } from "../jobs/job.ts";
import type { HotdogAdmins } from "./rights.ts";

/** What a command, component or modal asks the bot to do with its interaction. */
export type Outcome =
  /** Refuse it, privately: with a text, or with Components V2, which then also replace the message that opened a modal. */
  | { refusal: string | APIMessageTopLevelComponent[] }
  /** Do nothing: a press that was not meant. The message with the button stays as it is. */
  | { ignored: true }
  /** Reply at once, privately: with a text, which Discord limits to 2,000 characters, and buttons below it … */
  | { reply: string; buttons?: InteractionButtonComponentData[] }
  /** … or with Components V2, whose texts have 4,000 characters together. */
  | { reply: APIMessageTopLevelComponent[]; buttons?: never }
  /** Open a modal. */
  | { modal: APIModalInteractionResponseCallbackData }
  /** Acknowledge it and queue a job, whose answer comes later. The job's declaration says who sees the answer. */
  | {
      job: Job;
      /**
       * What the message with the pressed button says, without buttons, until it shows the answer. By default it stays as it is,
       * and shows the answer only if that is what the declaration says.
       */
      meanwhile?: string;
    };

/** What commands know besides their interaction. */
export interface CommandSettings {
  admins: HotdogAdmins;
  /** Ids of the published slash commands, by English name. */
  commandIds?: ReadonlyMap<string, string> | undefined;
  /** How long `/label` must have shown an image before a press counts, in milliseconds; 250 by default. */
  minViewMs?: number | undefined;
  /** Page that explains what is stored about people. */
  privacyUrl?: string | undefined;
}

/** A slash command: how Discord shows it, and what happens when somebody uses it. */
export interface SlashCommand {
  data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(interaction: ChatInputCommandInteraction, settings: CommandSettings): Outcome;
}

/** A part of a slash command that people use like a command. */
export interface Subcommand {
  data: APIApplicationCommandSubcommandOption;
  execute(interaction: ChatInputCommandInteraction, settings: CommandSettings): Outcome;
}

/** A command in the menu of a message. */
export interface MessageCommand {
  data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  execute(interaction: MessageContextMenuCommandInteraction, settings: CommandSettings): Outcome;
}

/** All commands, by kind. */
export interface Commands {
  slash: readonly SlashCommand[];
  message: readonly MessageCommand[];
}
