import type {
  ChatInputCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord.js";
import type { Job } from "../queue/job.ts";

/** What becomes of an interaction: refused privately at once, or acknowledged and handed on as a job. */
export type Outcome =
  | { refusal: string }
  | {
      job: Job;
      /** Who sees the answer; fixed by the acknowledgement. */
      visibility: "public" | "private";
    };

/** A slash command: what Discord is told of it, and how what a person typed becomes a job. */
export interface Command {
  data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  read(interaction: ChatInputCommandInteraction): Outcome;
}
