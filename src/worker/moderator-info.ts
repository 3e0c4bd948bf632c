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
  const byLabel = question.labels.map((_, label) =>
    [...gold.keys()].filter((image) => gold.get(image) === label).toSorted(),
  );
  const listed = firstInTurns(byLabel, MAX_LISTED);
  const lines = byLabel.flatMap((images, label) => {
    const names = images.filter((image) => listed.has(image)).map((image) => `-# \`${image}\``);
    return [t.ofLabel(answerName(question, label, texts), images.length)].concat(names);
  });
  const more = gold.size - listed.size;
  return [t.count(gold.size), ...lines, ...(more > 0 ? [`-# ${t.more(more)}`] : [])].join("\n");
}

/** The first of several lists: one of each, then another one of each. */
function firstInTurns(lists: readonly (readonly string[])[], count: number): Set<string> {
  const inTurns = Array.from({ length: count }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  );
  return new Set(inTurns.flat().slice(0, count));
}
