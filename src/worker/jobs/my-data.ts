import { ComponentType } from "discord-api-types/v10";
import type { ForgetJob, MyDataJob } from "../../jobs/my-data.ts";
import type { PersonTableName } from "../../project/own-data.ts";
import { HOTDOG_NAME, type ProjectRows } from "../../project/personal-data.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import { button, compressToFit, MAX_ATTACHMENT_BYTES } from "../message-parts.ts";
import { projectName } from "../project-name.ts";
import type { JobContext } from "../run-job.ts";
import { settlePending } from "../settle-pending.ts";

/** Limit for the files of a person before compression: about 170,000 answers. */
const MAX_CSV_BYTES = 32 * 1024 * 1024;
/** Limit for the list of projects, which leaves room for the rest of a message of 2,000 characters. */
const MAX_LIST_LENGTH = 1_200;

/** Sends a person everything that is stored about them. */
export async function sendOwnData({ interaction }: MyDataJob, context: JobContext): Promise<void> {
  const { personalData, answer } = context;
  const collected = await personalData.collect(interaction.userId, MAX_CSV_BYTES);
  const { labels, uploads, exclusions, projects, asked } = collected;
  const texts = textsFor(interaction.locale);
  const t = texts.myData;
  const tables = [
    { name: "my-answers.csv", data: labels },
    { name: "my-uploads.csv", data: uploads },
    { name: "my-exclusions.csv", data: exclusions },
  ].filter(({ data }) => data.rows > 0);
  const files = await Promise.all(
    tables.map(async ({ name, data: { csv } }) => {
      if (csv === undefined) return undefined;
      const file = { name, data: csv, contentType: "text/csv; charset=utf-8" };
      return compressToFit(file, MAX_ATTACHMENT_BYTES);
    }),
  );
  const content = [
    tables.length === 0 ? t.nothing : t.kept(labels.rows, uploads.rows),
    ...(exclusions.rows === 0 ? [] : [t.exclusions(exclusions.rows)]),
    ...projectList(projects, texts, { ids: true }),
    ...(files.includes(undefined) ? [t.tooLarge(interaction.id)] : []),
    ...(asked === undefined ? [] : [t.asked(Math.floor(asked / 1_000))]),
  ];
  const open = button(texts.ownImages.open, { kind: "own-images", page: 0, isList: false });
  await answer.give({
    content: content.join("\n"),
    files: files.filter((file) => file !== undefined),
    ...(uploads.rows > 0 && { components: [{ type: ComponentType.ActionRow, components: [open] }] }),
  });
}

/** Erases everything that is stored about a person and, once it is gone, says what it was. */
export async function erasePerson(
  { interaction, images = false }: ForgetJob,
  context: JobContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const t = texts.forgetMe;
  const { projects } = await context.personalData.erase(interaction.userId, interaction.id, {
    images,
    settle: (ids, project) => settlePending(ids, project, context.settling),
  });
  const [labels, uploads] = [sumOf(projects, "labels"), sumOf(projects, "uploads")];
  const exclusions = sumOf(projects, "exclusions");
  const content = [
    labels + uploads + exclusions === 0 ? t.nothing : t.done(labels, uploads, images),
    ...(exclusions === 0 ? [] : [t.exclusions(exclusions)]),
    ...projectList(projects, texts, { ids: false }),
  ];
  await context.answer.give({ content: content.join("\n") });
}

function sumOf(projects: readonly ProjectRows[], table: PersonTableName): number {
  return projects.reduce((sum, rows) => sum + rows[table], 0);
}

/**
 * Lists where a person's rows are, unless all are of the hot dogs.
 * @param options.ids whether to list the ids by which the files name the projects
 */
function projectList(projects: readonly ProjectRows[], texts: Texts, { ids }: { ids: boolean }): string[] {
  if (projects.every(({ id }) => id === null)) return [];
  const t = texts.personalRows;
  const lines = projects.map((rows) => {
    const reference = ids ? ` (\`${rows.id ?? HOTDOG_NAME}\`)` : "";
    return t.line(projectName(rows, texts) + reference, rows);
  });
  let length = 0;
  const shown = lines.filter((line) => (length += line.length + 1) <= MAX_LIST_LENGTH);
  return shown.length < lines.length ? [...shown, t.more(lines.length - shown.length)] : shown;
}
