import type { ForgetJob, MyDataJob } from "../../jobs/my-data.ts";
import { textsFor } from "../../texts/texts.ts";
import { compressToFit, MAX_ATTACHMENT_BYTES } from "../message-parts.ts";
import type { JobContext } from "../run-job.ts";

/** Limit for one file before compression: about 170,000 answers. */
const MAX_CSV_BYTES = 32 * 1024 * 1024;

/** Sends a person everything that is stored about them. */
export async function sendOwnData({ interaction }: MyDataJob, context: JobContext): Promise<void> {
  const person = context.pseudonymsOf(interaction.userId);
  const { labels, uploads } = await context.ownData(person, MAX_CSV_BYTES);
  const asked = await context.erasure.lastAsked(person.tombstone);
  const t = textsFor(interaction.locale).myData;
  const tables = [
    { name: "my-answers.csv", data: labels },
    { name: "my-uploads.csv", data: uploads },
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
    ...(files.includes(undefined) ? [t.tooLarge(interaction.id)] : []),
    ...(asked === undefined ? [] : [t.asked(Math.floor(asked / 1_000))]),
  ];
  await context.answer.give({
    content: content.join("\n"),
    files: files.filter((file) => file !== undefined),
  });
}

/** Erases everything that is stored about a person and, once it is gone, says what it was. */
export async function erasePerson({ interaction }: ForgetJob, context: JobContext): Promise<void> {
  const t = textsFor(interaction.locale).forgetMe;
  const person = context.pseudonymsOf(interaction.userId);
  const { labels, uploads } = await context.erasure.erase(person, interaction.id);
  await context.answer.give({ content: labels + uploads === 0 ? t.nothing : t.done(labels, uploads) });
}
