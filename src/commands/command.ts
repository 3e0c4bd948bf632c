import type {
  ChatInputCommandInteraction,
  InteractionButtonComponentData,
  MessageContextMenuCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord.js";
import type { Job } from "../jobs/job.ts";

/** What becomes of an interaction: refused or replied to privately at once, or acknowledged and handed on as a job. */
export type Outcome =
  | { refusal: string }
  | { reply: string; buttons?: InteractionButtonComponentData[] }
  | {
      job: Job;
      /** Who sees the answer, fixed by the acknowledgement; "in place": whoever sees the message with the button, which it changes. */
      visibility: "public" | "private" | "in place";
      /** What that message says until then, without its buttons; it stays as it is unless told. */
      meanwhile?: string;
    };

/** What commands speak of that is not in this code. */
export interface CommandSettings {
  /** Of the published slash commands, by their English names. */
  commandIds?: ReadonlyMap<string, string> | undefined;
  /** Where people can read what is kept about them. */
  privacyUrl?: string | undefined;
}

/** A slash command: what Discord is told of it, and how what a person typed becomes a job. */
export interface SlashCommand {
  data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  read(interaction: ChatInputCommandInteraction, settings: CommandSettings): Outcome;
}

/** A command in the menu of a message. */
export interface MessageCommand {
  data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  read(interaction: MessageContextMenuCommandInteraction): Outcome;
}

/** Every command, of each kind. */
export interface Commands {
  slash: readonly SlashCommand[];
  message: readonly MessageCommand[];
}
