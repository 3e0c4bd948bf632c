import type { APIEmbed } from "discord-api-types/v10";
import type { Place } from "../../jobs/place.ts";
import type { CreateProjectJob } from "../../jobs/project.ts";
import { escapeFormatting, formatLabel } from "../../jobs/settings-text.ts";
import type { ProjectDefinition } from "../../project/definition.ts";
import type { IdentifiedProject } from "../../project/project-index.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import { addFiles } from "../add-files.ts";
import type { AnswerMessage } from "../answers.ts";
import { findPlace, type FoundPlace } from "../find-place.ts";
import { nearDuplicateFiles } from "../near-duplicate-answer.ts";
import { MUSTARD } from "../message-parts.ts";
import { useProject } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import { refusedSettings } from "../settings-message.ts";
import { uploadMessage } from "../upload-message.ts";
import type { UploadOutcome } from "../upload-outcome.ts";

/** Makes a channel a project, adds its first images, and announces it in the channel. */
export async function createProject(job: CreateProjectJob, context: JobContext): Promise<void> {
  const { interaction, form, files } = job;
  const texts = textsFor(interaction.locale);
  if (interaction.rights?.manage !== true)
    return context.answer.refuse({ content: texts.project.notAllowed });
  const refuse = (why: string): Promise<void> =>
    context.answer.refuse(
      refusedSettings({ project: null, why, settings: form, hadFiles: files.length > 0 }, texts),
    );
  const place = await findPlace(interaction, context.answers.channels);
  if (interaction.guildId === null || !isPublic(place)) return refuse(refusalFor(place, texts));
  const created = await create(job, { channel: place.channelId, guild: interaction.guildId }, context);
  if (created.id !== interaction.id) return refuse(texts.projectAnswers.taken);
  if (created.definition.closedAt !== undefined) return refuse(texts.place.closed);
  return useProject(created, context.projects, async (project) => {
    const outcomes = await addFiles(interaction, files, project, context);
    if (outcomes === undefined) return;
    const pictures = await nearDuplicateFiles(outcomes, project, context);
    await context.answer.give({ ...announcement(created, outcomes, texts), files: pictures });
  });
}

/** Whether people see in this place what is announced there. */
function isPublic(place: FoundPlace): place is Place {
  return typeof place === "object" && place.thread !== "private";
}

function refusalFor(place: FoundPlace, { place: t }: Texts): string {
  if (place === "unknown") return t.unknown;
  return place === "direct messages" ? t.none : t.createInThread;
}

/** @returns the new project, or the channel's open project if it has one */
async function create(
  { interaction, form }: CreateProjectJob,
  { channel, guild }: Pick<ProjectDefinition, "channel" | "guild">,
  { answers, projectIndex, projects }: JobContext,
): Promise<IdentifiedProject> {
  const name = (await answers.channels.read(channel))?.name ?? channel;
  const created = await projectIndex.create(interaction.id, { ...form, channel, guild, name });
  projects.forget(channel);
  return created;
}

/** Says what happened to the first images, as the answer to an upload, above what the project asks. */
function announcement(
  { id, definition }: IdentifiedProject,
  outcomes: readonly UploadOutcome[],
  texts: Texts,
): AnswerMessage {
  const { created } = texts.projectAnswers;
  const embeds = [invitation(definition, texts)];
  if (outcomes.length === 0) return { content: created, embeds };
  const { content, ...added } = uploadMessage(outcomes, texts, { project: id, removable: true });
  return { ...added, content: `${created}\n${content}`, embeds };
}

function invitation(
  { question, labels, offersUnsure, uploads }: ProjectDefinition,
  { labeling, projectAnswers: t }: Texts,
): APIEmbed {
  const answers = [...labels.map(formatLabel), ...(offersUnsure ? [labeling.unsure] : [])];
  const lines = [
    `**${escapeFormatting(question)}**`,
    ...answers.map((name) => `- ${name}`),
    "",
    t.label,
    t.uploads[uploads],
  ];
  return { color: MUSTARD, description: lines.join("\n") };
}
