import type { MyDataJob } from "../../jobs/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { Erasure } from "../../project/erasure.ts";
import type { OwnData } from "../../project/own-data.ts";
import type { Project } from "../../project/project.ts";
import { textsFor } from "../../texts/texts.ts";
import type { AnswerMessage, Answers } from "../answers.ts";
import { attachable } from "../attachable.ts";

/** Bytes of one file before it is compressed: about 170,000 answers. Ten times as many as fit plainly are not kept at hand. */
const MAX_BYTES = 32 * 1024 * 1024;

type AttachedFile = NonNullable<AnswerMessage["files"]>[number];

interface MyDataContext {
  answers: Pick<Answers, "give">;
  ownData: Project["ownData"];
  erasure: Erasure;
  pseudonymsOf: Project["pseudonymsOf"];
}

/** Sends a person all that is kept about them. */
export async function sendOwnData(
  { interaction }: MyDataJob,
  { attempt }: Delivery,
  { answers, ownData, erasure, pseudonymsOf }: MyDataContext,
): Promise<void> {
  const person = pseudonymsOf(interaction.userId);
  const { labels, uploads } = await ownData(person, MAX_BYTES);
  const asked = await erasure.lastAsked(person.tombstone);
  const t = textsFor(interaction.locale).myData;
  const found = [
    { name: "my-answers.csv", data: labels },
    { name: "my-uploads.csv", data: uploads },
  ].filter(({ data }) => data.rows > 0);
  const files = await Promise.all(found.map(fileOf));
  const content = [
    found.length === 0 ? t.nothing : t.kept(labels.rows, uploads.rows),
    ...(files.includes(undefined) ? [t.tooLarge(interaction.id)] : []),
    ...(asked === undefined ? [] : [t.asked(Math.floor(asked / 1_000))]),
  ];
  const message = { content: content.join("\n"), files: files.filter((file) => file !== undefined) };
  await answers.give(interaction, message, { again: attempt > 1, late: "drop" });
}

async function fileOf({
  name,
  data: { csv },
}: {
  name: string;
  data: OwnData;
}): Promise<AttachedFile | undefined> {
  return csv && attachable({ name, data: csv, contentType: "text/csv; charset=utf-8" });
}
