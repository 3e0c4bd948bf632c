import {
  ComponentType,
  MessageFlags,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APISelectMenuOption,
} from "discord-api-types/v10";
import { encodeCustomId } from "../jobs/custom-id.ts";
import { formatExclusionChoice } from "../jobs/labelers.ts";
import { labeler as pseudonym } from "../jobs/references.ts";
import type { LabelerFigures } from "../labeling/labeler-figures.ts";
import { shortPseudonym } from "../labeling/short-pseudonym.ts";
import type { Texts } from "../texts/texts.ts";
import { MIN_ANSWERS, type LabelersReport } from "./labelers-report.ts";
import { button, textDisplay } from "./message-parts.ts";
import type { ComponentMessage } from "./settings-message.ts";

/** Fits on a screen of a phone, and leaves room in a message of 4,000 characters. */
const PEOPLE_PER_PAGE = 10;

interface Shown {
  /** Null for the hot dogs. */
  project: string | null;
  /** From 0. After the last page, the last page is shown. */
  page: number;
  /** What has just happened. */
  notice?: string;
}

/** One page of the people who label, with a select menu that excludes somebody or takes that back. */
export function labelersMessage(
  { day, people }: LabelersReport,
  { project, page, notice }: Shown,
  texts: Texts,
): ComponentMessage {
  const { labelers: t } = texts;
  const pages = Math.max(Math.ceil(people.length / PEOPLE_PER_PAGE), 1);
  const current = Math.min(page, pages - 1);
  const shown = people.slice(current * PEOPLE_PER_PAGE, (current + 1) * PEOPLE_PER_PAGE);
  const [counting, excluded] = [shown.filter((one) => !one.excluded), shown.filter((one) => one.excluded)];
  const body =
    people.length === 0
      ? [textDisplay([t.title, t.nobody(MIN_ANSWERS, day)].join("\n"))]
      : [
          textDisplay([t.title, t.until(people.length, MIN_ANSWERS, day)].join("\n")),
          ...(counting.length === 0 ? [] : [textDisplay(describe(counting, texts))]),
          ...(excluded.length === 0 ? [] : [textDisplay(`${t.excludedTitle}\n${describe(excluded, texts)}`)]),
          ...(pages === 1 ? [] : [textDisplay(`-# ${t.page(current + 1, pages)}`)]),
          textDisplay(t.notes),
        ];
  const options = shown.flatMap((person) => optionsFor(person, texts));
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      ...body,
      // Near the menu, because the list is longer than a screen.
      ...(notice === undefined ? [] : [textDisplay(notice)]),
      ...(options.length === 0 ? [] : [rowOf(selectMenu({ project, page: current }, options, texts))]),
      ...(pages === 1 ? [] : [rowOf(...pageButtons({ project, page: current }, pages, texts))]),
    ],
  };
}

function rowOf(
  ...components: APIComponentInMessageActionRow[]
): APIActionRowComponent<APIComponentInMessageActionRow> {
  return { type: ComponentType.ActionRow, components };
}

function describe(people: readonly LabelerFigures[], texts: Texts): string {
  const { labelers: t } = texts;
  return people
    .map((person) => `${t.person(shortPseudonym(person.labeler))}\n${figuresOf(person, texts).join(" · ")}`)
    .join("\n");
}

function figuresOf({ images, gold, reliability, pace }: LabelerFigures, { labelers }: Texts): string[] {
  const t = labelers.figures;
  return [
    t.answers(images),
    ...(gold.voted === 0 ? [] : [t.gold(gold.right, gold.voted)]),
    reliability === undefined ? t.unknown : t.reliability(reliability.share, reliability),
    ...(pace === undefined ? [] : [t.pace(pace)]),
  ];
}

/** Rows of a file that somebody edited may have a name that is no pseudonym, which a custom id cannot carry. */
function optionsFor(person: LabelerFigures, texts: Texts): APISelectMenuOption[] {
  const { labeler, excluded } = person;
  if (!pseudonym.safeParse(labeler).success) return [];
  const { option } = texts.labelers;
  const name = shortPseudonym(labeler);
  return [
    {
      label: excluded ? option.takeBack(name) : option.exclude(name),
      description: figuresOf(person, texts).join(" · "),
      value: formatExclusionChoice({ labeler, excluded: !excluded }),
    },
  ];
}

function selectMenu(
  at: Pick<Shown, "project" | "page">,
  options: APISelectMenuOption[],
  { labelers: t }: Texts,
) {
  return {
    type: ComponentType.StringSelect as const,
    custom_id: encodeCustomId({ kind: "exclude", ...at }),
    placeholder: t.placeholder,
    options,
  };
}

function pageButtons(
  { project, page }: Pick<Shown, "project" | "page">,
  pages: number,
  { labelers: t }: Texts,
): APIButtonComponentWithCustomId[] {
  const last = pages - 1;
  return [
    {
      ...button(t.previous, { kind: "labelers", project, page: Math.max(page - 1, 0) }),
      disabled: page === 0,
    },
    { ...button(t.next, { kind: "labelers", project, page: page + 1 }), disabled: page === last },
  ];
}
