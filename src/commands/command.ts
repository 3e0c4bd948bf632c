import type {
  ChatInputCommandInteraction,
  InteractionButtonComponentData,
  MessageContextMenuCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord.js";
import type { Job } from "../jobs/job.ts";

/** What a command or button asks the bot to do with its interaction. */
export type Outcome =
  /** Refuse it, privately. */
  | { refusal: string }
  /** Reply at once, privately. */
  | { reply: string; buttons?: InteractionButtonComponentData[] }
  /** Acknowledge it and queue a job, whose answer comes later. */
  | {
      job: Job;
      /** Who sees the answer. "in place": everyone who sees the message with the pressed button, which shows the result. */
      visibility: "public" | "private" | "in place";
      /** What that message says until then, without buttons; by default it stays as it is. */
      meanwhile?: string;
    };

/** Settings that commands mention in their replies. */
export interface CommandSettings {
  /** Ids of the published slash commands, by English name. */
  commandIds?: ReadonlyMap<string, string> | undefined;
  /** Page that explains what is stored about people. */
  privacyUrl?: string | undefined;
}

/** A slash command: how Discord shows it, and what happens when somebody uses it. */
export interface SlashCommand {
  data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(interaction: ChatInputCommandInteraction, settings: CommandSettings): Outcome;
}

/** A command in the menu of a message. */
export interface MessageCommand {
  data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  execute(interaction: MessageContextMenuCommandInteraction): Outcome;
}

/** All commands, by kind. */
export interface Commands {
  slash: readonly SlashCommand[];
  message: readonly MessageCommand[];
}
