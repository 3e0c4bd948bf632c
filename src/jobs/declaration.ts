import type { z } from "zod";
import type { InteractionReference, MessageReference } from "./references.ts";

/** How much one person may ask for. Kinds of jobs with the same limit object share its points. */
export interface RateLimit {
  points: number;
  per: "second" | "minute" | "hour";
  /** What a point stands for. */
  counts: "times" | "files";
}

/** How many jobs may run at a time in one worker. Kinds of jobs with the same slot object share it. */
export interface ConcurrencySlot {
  concurrency: number;
  /** How many more may wait in the worker for their turn; none by default. Others are postponed, and another worker may take them. */
  waiting?: number;
}

/** Who gets the answer to a job, or the news that it failed for good. */
export type Recipient =
  | {
      via: "interaction";
      interaction: InteractionReference;
      /** After the token's 15 minutes, the answer is posted in the channel with a mention of the person, or dropped. */
      late: "post" | "drop";
      /** Whether only the person sees the answer. The bot acknowledges the interaction accordingly. */
      isPrivate: boolean;
    }
  /** The bot's reply to a message, which is edited. */
  | { via: "reply"; message: MessageReference }
  /** The message whose button was pressed shows the result; other news is shown beside it, to the person alone. */
  | { via: "pressed message"; interaction: InteractionReference; messageId: string }
  /** A client without Discord, over the reply queue. */
  | { via: "client"; id: string; client: string }
  /** No answer is expected. */
  | { via: "nobody" };

/** Everything that both bot and worker must know about one kind of job. */
export interface JobDeclaration<Schema extends z.ZodType> {
  /** Jobs of earlier versions may still be in a queue: fields can be added only as optional ones. */
  schema: Schema;
  /** The id by which everything the job does is idempotent. */
  id(job: z.infer<Schema>): string;
  /** Who shares a fair queue equally with others: a guild, a channel outside of guilds, or a client without Discord. */
  tenant(job: z.infer<Schema>): string;
  /** The application whose interaction the job answers, if any. */
  application(job: z.infer<Schema>): string | undefined;
  recipient(job: z.infer<Schema>): Recipient;
  /** By default there is no limit. */
  limit?: RateLimit;
  /** Points of the limit that the job uses; 1 by default. */
  cost?(job: z.infer<Schema>): number;
  /** By default only the worker's total concurrency limits the jobs of this kind. */
  slot?: ConcurrencySlot;
  /** The level at which success is logged; "info" by default. */
  logLevel?: "debug" | "info";
}

type Optional<Schema extends z.ZodType> = Pick<
  JobDeclaration<Schema>,
  "limit" | "cost" | "slot" | "logLevel"
> & {
  /** What happens to an answer after the token's 15 minutes; "drop" by default. "post" is for public answers only. */
  late?: "post" | "drop";
  /** Whether only the person sees the answer, and the "thinking…" before it; false by default. */
  isPrivate?: boolean;
  recipient?(job: z.infer<Schema>): Recipient;
};

/** Declares a kind of job that an interaction asks for. */
export function interactionJob<Schema extends z.ZodType<{ kind: string; interaction: InteractionReference }>>(
  schema: Schema,
  { late = "drop", isPrivate = false, ...optional }: Optional<Schema> = {},
): JobDeclaration<Schema> {
  return {
    schema,
    id: ({ interaction }) => interaction.id,
    tenant: ({ interaction }) => interaction.guildId ?? interaction.channelId,
    application: ({ interaction }) => interaction.applicationId,
    recipient: ({ interaction }) => ({ via: "interaction", interaction, late, isPrivate }),
    ...optional,
  };
}

/** The message whose component asked for a job. Without one, the answer is a new private message. */
export function pressedMessage(job: {
  interaction: InteractionReference;
  messageId?: string | undefined;
}): Recipient {
  const { interaction, messageId } = job;
  return messageId === undefined
    ? { via: "interaction", interaction, late: "drop", isPrivate: true }
    : { via: "pressed message", interaction, messageId };
}
