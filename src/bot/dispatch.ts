import type { ButtonInteraction, ChatInputCommandInteraction, Interaction } from "discord.js";
import type { Command, Outcome } from "../commands/command.ts";
import { readPress } from "../commands/press.ts";
import type { Log } from "../log.ts";
import type { Job } from "../queue/job.ts";
import type { JobSender } from "../queue/queue.ts";
import { textsFor } from "../texts/texts.ts";
import { acknowledge, editWhileThinking, refuse } from "./acknowledge.ts";

type Answerable = ChatInputCommandInteraction | ButtonInteraction;

export interface DispatchContext {
  commands: readonly Command[];
  /** Resolves with false for a press too many of this person. */
  mayPress: (userId: string) => Promise<boolean>;
  jobs: JobSender;
  log: Log;
}

/** Takes an interaction from Discord to the queue. Never throws: what fails is logged and, where possible, told. */
export async function dispatch(interaction: Interaction, context: DispatchContext): Promise<void> {
  if (!interaction.isChatInputCommand() && !interaction.isButton()) return;
  const what = interaction.isButton()
    ? { button: interaction.customId }
    : { command: interaction.commandName };
  const log = context.log.child({ interaction: interaction.id, ...what });
  try {
    const outcome = await outcomeOf(interaction, { ...context, log });
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

async function outcomeOf(
  interaction: Answerable,
  { commands, mayPress, log }: DispatchContext,
): Promise<Outcome> {
  const texts = textsFor(interaction.locale);
  try {
    if (interaction.isButton()) {
      return (await mayPress(interaction.user.id))
        ? readPress(interaction)
        : { refusal: texts.press.tooMany };
    }
    const command = commands.find(({ data }) => data.name === interaction.commandName);
    return command?.read(interaction) ?? { refusal: texts.unknown };
  } catch (error) {
    log.error({ err: error }, "the interaction could not be read");
    return { refusal: texts.failed(interaction.id) };
  }
}

async function respond(interaction: Answerable, outcome: Outcome): Promise<boolean> {
  return "refusal" in outcome
    ? refuse(interaction, outcome.refusal)
    : acknowledge(interaction, outcome.visibility);
}

async function send(job: Job, interaction: Answerable, { jobs, log }: DispatchContext): Promise<void> {
  try {
    await jobs.send(job);
    log.info({ kind: job.kind }, "queued");
  } catch (error) {
    log.error({ err: error }, "the queue did not take the job");
    await editWhileThinking(interaction, textsFor(interaction.locale).notAccepted);
  }
}
