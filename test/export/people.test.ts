import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../../src/labeling/export-formats.ts";
import { bytesOf } from "../../src/export/export-file.ts";
import { prepareExport } from "../../src/export/prepare-export.ts";
import { firstSnowflakeAt } from "../../src/platform/snowflake.ts";
import { pseudonym } from "../../src/project/pseudonyms.ts";
import type { LabelRow } from "../../src/project/label-file.ts";
import { imageCalled } from "./read-back.ts";
import { NOTHING_KNOWN } from "../../src/labeling/trust.ts";

/** The stored pseudonyms. */
const [VICTIM, ...OTHERS] = ["victim", "ann", "bob", "cyd"].map((name) => pseudonym("a secret", name)) as [
  string,
  ...string[],
];
/** A round that a moderator posts and in which only the victim presses. */
const ROUND = "1573801441280131072";
const PRESSED_AT = Date.UTC(2026, 10, 21, 20, 45, 6);
const PRESS = firstSnowflakeAt(PRESSED_AT);
const RARE = imageCalled("f");

/** Everyone has answered images a to d, the victim first; then the victim presses in the moderator's round. */
function rows(): LabelRow[] {
  const earlier = ["a", "b", "c", "d"].flatMap((digit, place) =>
    [VICTIM, ...OTHERS].map((labeler, index): LabelRow => {
      const id = firstSnowflakeAt(PRESSED_AT - 1_000_000 + place * 10_000 + index * 1_000);
      return {
        id,
        image: imageCalled(digit),
        label: place % 2 === 0 ? 1 : 0,
        labeler,
        round: "1573801441280131000",
      };
    }),
  );
  const pressed: LabelRow = { id: PRESS, image: imageCalled("a"), label: 1, labeler: VICTIM, round: ROUND };
  return [...earlier, pressed];
}

async function exportText(
  format: ExportFormat,
  {
    answers = rows(),
    peopleKey = randomBytes(32),
  }: { answers?: LabelRow[]; peopleKey?: string | Buffer } = {},
): Promise<string> {
  async function* labels() {
    yield { rows: answers, unreadable: 0 };
  }
  const names = [...new Set(answers.map(({ image }) => image))].toSorted();
  const images = { sizes: async () => new Map(names.map((name) => [name, 3] as const)) };
  const prepared = await prepareExport({
    format,
    question: HOTDOG_QUESTION,
    labels: labels(),
    trust: NOTHING_KNOWN,
    peopleKey,
    images,
    imagesAt: "s3://bucket/images",
  });
  const files = prepared?.files(new Set()) ?? [];
  return (await Promise.all(files.map((file) => text(bytesOf(file))))).join("");
}

/** Finds 64 hexadecimal digits that are not an image name. */
function pseudonymsIn(exported: string): Set<string> {
  return new Set(Array.from(exported.matchAll(/\b[0-9a-f]{64}\b(?!\.)/g), ([found]) => found));
}

describe("someone who has watched a person press and has the export", () => {
  it.each(EXPORT_FORMATS)(
    "cannot find the person in %s by the round, the press, its time or the stored pseudonym",
    async (format) => {
      const exported = await exportText(format);
      expect(exported).toContain(imageCalled("a"));
      for (const trace of [ROUND, PRESS, VICTIM, "20:45", "20.45", String(PRESSED_AT)])
        expect(exported).not.toContain(trace);
    },
  );

  it.each(EXPORT_FORMATS)("cannot find the person in %s by the order of rows", async (format) => {
    const forwards = await exportText(format, { peopleKey: "key" });
    expect(await exportText(format, { peopleKey: "key", answers: rows().toReversed() })).toBe(forwards);
  });

  it.each(["labels", "consensus", "crowd-kit", "label-studio"] as const)(
    "cannot match the people of two exports of %s unless both have the same key",
    async (format) => {
      const [one, other] = [pseudonymsIn(await exportText(format)), pseudonymsIn(await exportText(format))];
      expect(one.size).toBe(4);
      expect(other.size).toBe(4);
      expect([...one].filter((name) => other.has(name))).toEqual([]);
      const study = { peopleKey: "a study" };
      expect(pseudonymsIn(await exportText(format, study))).toEqual(
        pseudonymsIn(await exportText(format, study)),
      );
    },
  );

  it("can find all of the person's rows by an image that only they have labeled, as PRIVACY.md says", async () => {
    const rare: LabelRow = {
      id: firstSnowflakeAt(PRESSED_AT + 1),
      image: RARE,
      label: 0,
      labeler: VICTIM,
      round: ROUND,
    };
    const exported = await exportText("labels", { answers: [...rows(), rare] });
    const { data } = Papa.parse<{ image: string; labeler: string }>(exported.trimEnd(), { header: true });
    const [only, ...more] = data.filter(({ image }) => image === RARE);
    expect(more).toEqual([]);
    expect(data.filter(({ labeler }) => labeler === only?.labeler)).toHaveLength(6);
  });
});
