import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from "discord.js";
import { chooseInSelect, pressButton, submitModal } from "../commands/component.ts";
import type { Commands, CommandSettings, Outcome } from "../commands/command.ts";
import { withoutPerson } from "../jobs/custom-id.ts";
import { declarationOf, logLevelOf, type Job, type JobKind } from "../jobs/job.ts";
import type { Log } from "../platform/log.ts";
import type { JobSender } from "../queue/queue.ts";
import { textsFor } from "../texts/texts.ts";
import {
  acknowledge,
  acknowledgementFor,
  openModal,
  tell,
  tellInstead,
  tellWithComponents,
} from "./acknowledge.ts";
import type { Limiter } from "./limits.ts";

/** Commands, and what comes from a component or a modal. */
type CommandUse = ChatInputCommandInteraction | MessageContextMenuCommandInteraction;
type Answerable = CommandUse | ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction;

/** What happened to a request. */
export type RequestOutcome =
  /** Its job is in the queue. */
  | "queued"
  /** It was replied to at once. */
  | "replied"
  | "refused"
  /** A press that was not meant. */
  | "ignored"
  /** The queue did not accept its job. */
  | "not_accepted"
  /** Discord no longer knew it when the bot acknowledged it. */
  | "gone"
  | "failed";

export interface RequestObserver {
  requested(from: "interaction" | "message", outcome: RequestOutcome): void;
  /** @param milliseconds since the request arrived */
  acknowledged(kind: JobKind | "reply" | "refusal" | "ignored", milliseconds: number): void;
}

export interface DispatchContext extends CommandSettings {
  commands: Commands;
  limiter: Limiter;
  jobs: JobSender;
  observe?: RequestObserver | undefined;
  log: Log;
}

/** Turns an interaction into a job on the queue. Never throws: it logs failures and tells the person where possible. */
export async function dispatch(interaction: Interaction, context: DispatchContext): Promise<void> {
  if (!isAnswerable(interaction)) return;
  const log = context.log.child({ interaction: interaction.id, ...sourceOf(interaction) });
  log.debug("received");
  const arrived = performance.now();
  const outcome = await outcomeOf(interaction, { ...context, log });
  const result = await acknowledgeAndSend(interaction, outcome, { ...context, log, arrived }).catch(
    async (error: unknown) => {
      log.error({ err: error }, "the interaction could not be answered");
      await endThinking(interaction, outcome);
      return "failed" as const;
    },
  );
  context.observe?.requested("interaction", result);
}

function isAnswerable(interaction: Interaction): interaction is Answerable {
  return (
    interaction.isChatInputCommand() ||
    interaction.isMessageContextMenuCommand() ||
    interaction.isButton() ||
    interaction.isStringSelectMenu() ||
    interaction.isModalSubmit()
  );
}

/** What the interaction comes from, for the log. */
function sourceOf(interaction: Answerable): Record<string, string> {
  if (interaction.isChatInputCommand()) {
    const parts = [interaction.commandName, interaction.options.getSubcommand(false)];
    return { command: parts.filter((part) => part !== null).join(" ") };
  }
  if (interaction.isCommand()) return { command: interaction.commandName };
  const source = withoutPerson(interaction.customId);
  if (interaction.isModalSubmit()) return { modal: source };
  return interaction.isButton() ? { button: source } : { select: source };
}

/** What a command asks for, or a refusal that says that the command itself failed. */
type Requested = Outcome | { refusal: string; failed: true };

async function outcomeOf(interaction: Answerable, context: DispatchContext): Promise<Requested> {
  const texts = textsFor(interaction.locale);
  try {
    const outcome = execute(interaction, context) ?? { refusal: texts.unknown };
    if (!("job" in outcome)) return outcome;
    const declaration = declarationOf(outcome.job);
    const { limit } = declaration;
    if (limit === undefined) return outcome;
    const allowed = await context.limiter(limit, interaction.user.id, declaration.cost?.(outcome.job));
    return allowed ? outcome : { refusal: texts.tooMany(limit.points, limit.counts, limit.per) };
  } catch (error) {
    context.log.error({ err: error }, "the command failed");
    return { refusal: texts.failed(interaction.id), failed: true };
  }
}

/** Returns undefined for an unknown command. */
function execute(interaction: Answerable, context: DispatchContext): Outcome | undefined {
  if (interaction.isButton()) return pressButton(interaction, context);
  if (interaction.isStringSelectMenu()) return chooseInSelect(interaction, context);
  if (interaction.isModalSubmit()) return submitModal(interaction, context);
  const { slash, message } = context.commands;
  const { commandName } = interaction;
  return interaction.isChatInputCommand()
    ? slash.find(({ data }) => data.name === commandName)?.execute(interaction, context)
    : message.find(({ data }) => data.name === commandName)?.execute(interaction, context);
}

async function acknowledgeAndSend(
  interaction: Answerable,
  outcome: Requested,
  context: DispatchContext & { arrived: number },
): Promise<RequestOutcome> {
  const { observe, log, arrived } = context;
  if (!(await respond(interaction, outcome))) {
    log.warn("nothing was queued: Discord no longer knew the interaction when it was acknowledged");
    return "gone";
  }
  const kind = "job" in outcome ? outcome.job.kind : kindOf(outcome);
  observe?.acknowledged(kind, performance.now() - arrived);
  log.debug("acknowledged");
  if ("job" in outcome) return send(outcome, interaction, context);
  if ("failed" in outcome) return "failed";
  const result = RESULTS[kindOf(outcome)];
  log[result === "ignored" ? "debug" : "info"](result);
  return result;
}

/** What happened to a request that asked for no job. */
const RESULTS = { reply: "replied", refusal: "refused", ignored: "ignored" } as const;

function kindOf(outcome: Outcome): keyof typeof RESULTS {
  if ("ignored" in outcome) return "ignored";
  return "refusal" in outcome ? "refusal" : "reply";
}

async function respond(interaction: Answerable, outcome: Outcome): Promise<boolean> {
  if ("job" in outcome) return acknowledge(interaction, acknowledgementFor(outcome));
  if ("ignored" in outcome) return acknowledge(interaction, { visibility: "in place" });
  if ("modal" in outcome) return openModal(interaction, outcome.modal);
  const { message, buttons } =
    "reply" in outcome
      ? { message: outcome.reply, buttons: outcome.buttons }
      : { message: outcome.refusal, buttons: [] };
  return typeof message === "string"
    ? tell(interaction, message, buttons)
    : tellWithComponents(interaction, message);
}

async function send(
  outcome: Extract<Outcome, { job: Job }>,
  interaction: Answerable,
  { jobs, log }: DispatchContext,
): Promise<RequestOutcome> {
  const { job } = outcome;
  try {
    await jobs.send(job);
    log[logLevelOf(job)]({ kind: job.kind }, "queued");
    return "queued";
  } catch (error) {
    log.error({ err: error }, "the queue did not accept the job");
    await tellInstead(interaction, textsFor(interaction.locale).notAccepted, acknowledgementFor(outcome));
    return "not_accepted";
  }
}

/**
 * Ends a "thinking" that would never end, because Discord received the acknowledgement but its response was lost.
 * Otherwise Discord itself tells the person.
 */
async function endThinking(interaction: Answerable, outcome: Outcome): Promise<void> {
  if (!("job" in outcome)) return;
  const { notAccepted } = textsFor(interaction.locale);
  await tellInstead(interaction, notAccepted, acknowledgementFor(outcome)).catch(() => {});
}
