import { pseudonymsOf } from "../../project/pseudonyms.ts";
import type { MyDataJob } from "../../jobs/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { Erasure } from "../../project/erasure.ts";
import { LABELS } from "../../project/label-file.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { ownData, type OwnData } from "../../project/own-data.ts";
import { UPLOADS } from "../../project/upload-file.ts";
import { textsFor } from "../../texts/texts.ts";
import type { AnswerMessage, Answers } from "../answers.ts";
import { attachable } from "../attachable.ts";

/** Bytes of one file before it is compressed: about 170,000 answers. Ten times as many as fit plainly are not kept at hand. */
const MOST = 32 * 1024 * 1024;

type AttachedFile = NonNullable<AnswerMessage["files"]>[number];

interface MyDataContext {
  answers: Pick<Answers, "give">;
  store: ObjectStore;
  forgetting: Erasure;
  /** Key of the pseudonyms. */
  labelerSecret: string;
}

/** Sends a person all that is kept about them. */
export async function sendOwnData(
  { interaction }: MyDataJob,
  { attempt }: Delivery,
  { answers, store, forgetting, labelerSecret }: MyDataContext,
): Promise<void> {
  const { labeler, uploaders, tombstone } = pseudonymsOf(labelerSecret, interaction.userId);
  const labels = await ownData(store, LABELS, { pseudonyms: [labeler], most: MOST });
  const uploads = await ownData(store, UPLOADS, { pseudonyms: uploaders, most: MOST });
  const asked = await forgetting.asked(tombstone);
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
