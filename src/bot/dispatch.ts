import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
} from "discord.js";
import { readButton } from "../commands/button.ts";
import type { Commands, CommandSettings, Outcome } from "../commands/command.ts";
import { loggedCustomId } from "../jobs/custom-id.ts";
import type { Log } from "../platform/log.ts";
import { usualLevel, type Job } from "../jobs/job.ts";
import type { JobSender } from "../queue/queue.ts";
import { textsFor, type Texts } from "../texts/texts.ts";
import { acknowledge, tell, tellInstead } from "./acknowledge.ts";
import type { Limits } from "./limits.ts";

type Answerable = ChatInputCommandInteraction | MessageContextMenuCommandInteraction | ButtonInteraction;

/** It was replied to at once; the queue did not take its job; it was gone before it could be acknowledged; something else failed. */
export type RequestOutcome = "queued" | "replied" | "refused" | "not_accepted" | "gone" | "failed";

/** Told of what people ask. */
export interface RequestObserver {
  requested(from: "interaction" | "message", outcome: RequestOutcome): void;
  /** So many milliseconds after its arrival. */
  acknowledged(kind: Job["kind"] | "reply" | "refusal", milliseconds: number): void;
}

export interface DispatchContext extends CommandSettings {
  commands: Commands;
  limits: Limits;
  jobs: JobSender;
  observe?: RequestObserver | undefined;
  log: Log;
}

/** Takes an interaction from Discord to the queue. Never throws: what fails is logged and, where possible, told. */
export async function dispatch(interaction: Interaction, context: DispatchContext): Promise<void> {
  if (!isAnswerable(interaction)) return;
  const what = interaction.isButton()
    ? { button: loggedCustomId(interaction.customId) }
    : { command: interaction.commandName };
  const log = context.log.child({ interaction: interaction.id, ...what });
  log.debug("received");
  const arrived = performance.now();
  const outcome = await outcomeOf(interaction, { ...context, log });
  const became = await answer(interaction, outcome, { ...context, log, arrived }).catch(
    async (error: unknown) => {
      log.error({ err: error }, "the interaction could not be answered");
      await endThinking(interaction, outcome);
      return "failed" as const;
    },
  );
  context.observe?.requested("interaction", became);
}

async function answer(
  interaction: Answerable,
  outcome: Outcome | Unread,
  context: DispatchContext & { arrived: number },
): Promise<RequestOutcome> {
  const { observe, log, arrived } = context;
  if (!(await respond(interaction, outcome))) {
    log.warn("nothing is queued: the interaction was gone before it could be acknowledged");
    return "gone";
  }
  observe?.acknowledged(kindOf(outcome), performance.now() - arrived);
  log.debug("acknowledged");
  if ("job" in outcome) return send(outcome, interaction, context);
  if ("failed" in outcome) return "failed";
  const became = "reply" in outcome ? "replied" : "refused";
  log.info(became);
  return became;
}

function kindOf(outcome: Outcome): Job["kind"] | "reply" | "refusal" {
  if ("job" in outcome) return outcome.job.kind;
  return "reply" in outcome ? "reply" : "refusal";
}

/** Discord may have heard an acknowledgement whose answers were lost; nothing is queued, and nobody else would tell. */
async function endThinking(interaction: Answerable, outcome: Outcome): Promise<void> {
  if (!("job" in outcome)) return;
  // Where it has not heard it, it tells the person itself.
  await tellInstead(interaction, textsFor(interaction.locale).notAccepted, outcome).catch(() => {});
}

function isAnswerable(interaction: Interaction): interaction is Answerable {
  return (
    interaction.isChatInputCommand() || interaction.isMessageContextMenuCommand() || interaction.isButton()
  );
}

/** What we have failed to read. */
interface Unread {
  refusal: string;
  failed: true;
}

/** What we fail to read is refused like what nobody could read, but that is our fault. */
async function outcomeOf(interaction: Answerable, context: DispatchContext): Promise<Outcome | Unread> {
  const { limits, log } = context;
  const texts = textsFor(interaction.locale);
  try {
    const outcome = read(interaction, context) ?? { refusal: texts.unknown };
    if (!("job" in outcome)) return outcome;
    const refusal = await tooMany(outcome.job, interaction.user.id, limits, texts);
    return refusal === undefined ? outcome : { refusal };
  } catch (error) {
    log.error({ err: error }, "the interaction could not be read");
    return { refusal: texts.failed(interaction.id), failed: true };
  }
}

/** What a person is told who has asked for too much; undefined as long as they have not. */
async function tooMany(job: Job, userId: string, limits: Limits, texts: Texts): Promise<string | undefined> {
  switch (job.kind) {
    case "stats":
      return (await limits.stats(userId)) ? undefined : texts.stats.tooMany;
    case "hotdog":
      return (await limits.round(userId)) ? undefined : texts.hotdog.tooMany;
    case "progress":
      return (await limits.progress(userId)) ? undefined : texts.progress.tooMany;
    case "press":
      return (await limits.press(userId)) ? undefined : texts.press.tooMany;
    case "upload":
      return (await limits.upload(userId, job.files.length)) ? undefined : texts.upload.tooMany;
    case "my-data":
    case "forget":
      return (await limits.ownData(userId)) ? undefined : texts.myData.tooMany;
    case "export":
      return (await limits.export(userId)) ? undefined : texts.export.tooMany;
    // Few may do these, or nobody does them by an interaction.
    case "offer-removal":
    case "remove":
    case "message-upload":
    case "client-stats":
    case "transaction-log":
      return undefined;
  }
}

function read(interaction: Answerable, context: DispatchContext): Outcome | undefined {
  const { commands, privacyUrl, commandIds } = context;
  const { slash, message } = commands;
  if (interaction.isButton()) return readButton(interaction);
  const { commandName } = interaction;
  return interaction.isChatInputCommand()
    ? slash.find(({ data }) => data.name === commandName)?.read(interaction, { privacyUrl, commandIds })
    : message.find(({ data }) => data.name === commandName)?.read(interaction);
}

async function respond(interaction: Answerable, outcome: Outcome): Promise<boolean> {
  if ("job" in outcome) return acknowledge(interaction, outcome);
  return "reply" in outcome
    ? tell(interaction, outcome.reply, outcome.buttons)
    : tell(interaction, outcome.refusal);
}

async function send(
  outcome: Extract<Outcome, { job: Job }>,
  interaction: Answerable,
  { jobs, log }: DispatchContext,
): Promise<RequestOutcome> {
  const { job } = outcome;
  try {
    await jobs.send(job);
    log[usualLevel(job)]({ kind: job.kind }, "queued");
    return "queued";
  } catch (error) {
    log.error({ err: error }, "the queue did not take the job");
    await tellInstead(interaction, textsFor(interaction.locale).notAccepted, outcome);
    return "not_accepted";
  }
}
