import { isDeepStrictEqual } from "node:util";
import { customIdsIn } from "../../jobs/custom-id.ts";
import type { EditProjectJob, ProjectSettingsJob } from "../../jobs/project.ts";
import { formatLabel, formatSettings, parseSettings } from "../../jobs/settings-text.ts";
import type { ProjectDefinition, ProjectSettings } from "../../project/definition.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { OwnMessage } from "../own-messages.ts";
import type { ChannelProject } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import { refusedSettings, settingsMessage, type ComponentMessage } from "../settings-message.ts";

/** Shows the settings of the channel's project, with a button that opens the form to change them. */
export async function showSettings(
  { interaction }: ProjectSettingsJob,
  { id: project, definition }: ChannelProject,
  { answer }: JobContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const title = texts.projectAnswers.settings;
  await answer.give(settingsMessage({ project, title, settings: definition }, texts));
}

/** Changes the settings of a project. The message whose button opened the form shows the result. */
export async function changeProject(
  { interaction, form, messageId }: EditProjectJob,
  { id, tally }: ChannelProject,
  { answer, answers, attempt, projectIndex, projects }: JobContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const reference = { interaction, messageId, pressed: true };
  const message = await answers.messages.read(reference);
  const shown = message && settingsIn(message);
  // An earlier delivery has refused the form.
  if (attempt > 1 && shown?.kind === "refused" && isSame(shown.settings, form)) return;
  const seen = shown?.kind === "current" ? shown.settings : undefined;
  const hasAnswers = (await tally.read()).answers > 0;
  let problem: string | undefined;
  const definition = await projectIndex.change(id, (current) => {
    problem = problemWith(form, { current, seen, hasAnswers }, texts);
    return problem === undefined ? form : undefined;
  });
  if (definition === undefined) return answer.refuse({ content: texts.place.closed });
  projects.forget(definition.channel);
  const result =
    problem === undefined
      ? settingsMessage({ project: id, title: texts.projectAnswers.saved, settings: definition }, texts)
      : refusedSettings({ project: id, why: problem, settings: form, hadFiles: false }, texts);
  await show(result);

  async function show(changed: ComponentMessage): Promise<void> {
    if (message === undefined) await answer.refuse({ content: problem ?? texts.projectAnswers.saved });
    else await answers.messages.edit(reference, changed);
  }
}

/**
 * The settings that a message shows.
 * @returns "current" ones of the project when the message was written; or those of a form that was "refused"
 */
function settingsIn({
  components,
}: OwnMessage): { kind: "current" | "refused"; settings: ProjectSettings } | undefined {
  const settings = parseSettings(components);
  const isCurrent = customIdsIn(components).some(({ kind }) => kind === "edit-project");
  return settings && { kind: isCurrent ? "current" : "refused", settings };
}

interface Known {
  current: ProjectDefinition;
  /** What the person saw when they opened the form, if that is known. */
  seen: ProjectSettings | undefined;
  hasAnswers: boolean;
}

/** Says why a form cannot be saved. Rows hold the numbers of labels, so a label with answers must keep its number. */
function problemWith(
  form: ProjectSettings,
  { current, seen, hasAnswers }: Known,
  { place, project, projectAnswers: t }: Texts,
): string | undefined {
  if (current.closedAt !== undefined) return place.closed;
  if (isSame(current, form)) return undefined;
  if (seen !== undefined && !isSame(current, seen))
    return [t.stale, ...formatSettings(current, project.settings).map(({ content }) => content)].join("\n");
  if (!hasAnswers) return undefined;
  if (form.labels.length < current.labels.length) return t.fewerLabels(current.labels.length);
  const moved = form.labels.find((label, index) => {
    const before = current.labels.indexOf(label);
    return before !== -1 && before !== index;
  });
  return moved === undefined ? undefined : t.movedLabel(formatLabel(moved));
}

function isSame(one: ProjectSettings, other: ProjectSettings): boolean {
  return isDeepStrictEqual(settingsOf(one), settingsOf(other));
}

function settingsOf({ question, labels, offersUnsure, uploads, settleAt }: ProjectSettings): ProjectSettings {
  return { question, labels, offersUnsure, uploads, settleAt };
}
