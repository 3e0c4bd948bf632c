import type { ChatInputCommandInteraction, Interaction } from "discord.js";
import type { Command, Outcome } from "../commands/command.ts";
import type { Log } from "../log.ts";
import type { Job } from "../queue/job.ts";
import type { JobSender } from "../queue/queue.ts";
import { textsFor } from "../texts/texts.ts";
import { acknowledge, editWhileThinking, refuse } from "./acknowledge.ts";

export interface DispatchContext {
  commands: readonly Command[];
  jobs: JobSender;
  log: Log;
}

/** Takes an interaction from Discord to the queue. Never throws: what fails is logged and, where possible, told. */
export async function dispatch(interaction: Interaction, context: DispatchContext): Promise<void> {
  if (!interaction.isChatInputCommand()) return;
  const log = context.log.child({ interaction: interaction.id, command: interaction.commandName });
  try {
    const outcome = outcomeOf(interaction, { ...context, log });
    if (await respond(interaction, outcome)) {
      if ("job" in outcome) await send(outcome.job, interaction, { ...context, log });
      else log.info("refused");
    } else {
      log.warn("nothing is queued: the interaction was gone before it could be acknowledged");
    }
  } catch (error) {
    log.error({ err: error }, "the interaction could not be answered");
  }
}

function outcomeOf(interaction: ChatInputCommandInteraction, { commands, log }: DispatchContext): Outcome {
  const texts = textsFor(interaction.locale);
  const command = commands.find(({ data }) => data.name === interaction.commandName);
  if (command === undefined) return { refusal: texts.unknown };
  try {
    return command.read(interaction);
  } catch (error) {
    log.error({ err: error }, "the command could not be read");
    return { refusal: texts.failed(interaction.id) };
  }
}

async function respond(interaction: ChatInputCommandInteraction, outcome: Outcome): Promise<boolean> {
  return "refusal" in outcome
    ? refuse(interaction, outcome.refusal)
    : acknowledge(interaction, outcome.visibility);
}

async function send(
  job: Job,
  interaction: ChatInputCommandInteraction,
  { jobs, log }: DispatchContext,
): Promise<void> {
  try {
    await jobs.send(job);
    log.info({ kind: job.kind }, "queued");
  } catch (error) {
    log.error({ err: error }, "the queue did not take the job");
    await editWhileThinking(interaction, textsFor(interaction.locale).notAccepted);
  }
}
