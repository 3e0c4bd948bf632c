import type { APITextDisplayComponent } from "discord-api-types/v10";
import type { Trust } from "../labeling/trust.ts";
import type { Texts } from "../texts/texts.ts";
import { textDisplay } from "./message-parts.ts";
import type { ProjectInUse } from "./project-in-use.ts";
import { answerName } from "./question-texts.ts";

/** Number of gold images that are listed. A message has room for 4,000 characters. */
const MAX_LISTED = 10;

/** What only moderators read in `/project info`, one text for each subject. */
export async function moderatorInfo(project: ProjectInUse, texts: Texts): Promise<APITextDisplayComponent[]> {
  // Not cached: the moderator may have set some just now, through another worker.
  const { gold } = await project.readTrust(project.question);
  return [textDisplay(goldInfo(gold, project, texts))];
}

/** How many gold images there are of each label, and which. */
function goldInfo(gold: Trust["gold"], { question }: Pick<ProjectInUse, "question">, texts: Texts): string {
  const { gold: t } = texts;
  if (gold.size === 0) return `${t.count(0)}\n-# ${t.howTo}`;
  const byLabel = Map.groupBy(gold.keys(), (image) => gold.get(image));
  let room = MAX_LISTED;
  const lines = question.labels.flatMap((_, label) => {
    const images = (byLabel.get(label) ?? []).toSorted();
    const listed = images.slice(0, room);
    room -= listed.length;
    const count = t.ofLabel(answerName(question, label, texts), images.length);
    return [count, ...listed.map((image) => `-# \`${image}\``)];
  });
  const more = gold.size - (MAX_LISTED - room);
  return [t.count(gold.size), ...lines, ...(more > 0 ? [`-# ${t.more(more)}`] : [])].join("\n");
}
