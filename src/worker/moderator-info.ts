import type { APITextDisplayComponent } from "discord-api-types/v10";
import type { Trust } from "../labeling/trust.ts";
import type { Texts } from "../texts/texts.ts";
import { textDisplay } from "./message-parts.ts";
import type { ProjectInUse } from "./project-in-use.ts";
import { answerName } from "./question-texts.ts";

/** Number of gold images that are listed. A message has room for 4,000 characters. */
const MAX_LISTED = 15;

/** What only moderators read in `/project info`, one text for each subject. */
export async function moderatorInfo(
  project: ProjectInUse,
  texts: Texts,
): Promise<APITextDisplayComponent[]> {
  const { gold } = await project.trust.read();
  return [textDisplay(goldInfo(gold, project, texts))];
}

/** How many gold images there are of each label, and which. */
function goldInfo(gold: Trust["gold"], { question }: Pick<ProjectInUse, "question">, texts: Texts): string {
  const { gold: t } = texts;
  if (gold.size === 0) return `${t.count(0)}\n-# ${t.howTo}`;
  const names = question.labels.map((_, label) => answerName(question, label, texts));
  const images = Map.groupBy(gold.keys(), (image) => gold.get(image) ?? 0);
  const counts = names.map((name, label) => t.ofLabel(name, images.get(label)?.length ?? 0));
  const listed = names
    .flatMap((name, label) => (images.get(label) ?? []).toSorted().map((image) => `-# \`${image}\` ${name}`))
    .slice(0, MAX_LISTED);
  const more = gold.size - listed.length;
  return [
    `${t.count(gold.size)} (${counts.join(", ")})`,
    ...listed,
    ...(more > 0 ? [`-# ${t.more(more)}`] : []),
  ].join("\n");
}
