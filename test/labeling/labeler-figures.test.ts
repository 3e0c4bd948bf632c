import { describe, expect, it } from "vitest";
import { labelerFiguresSliced, type LabelerFigures } from "../../src/labeling/labeler-figures.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { collectVotes, type LastAnswers } from "../../src/labeling/votes.ts";
import { seeded } from "../../src/platform/seeded.ts";

const QUESTION = { labels: ["no", "yes"], settleAt: 0.95 };
const NO_GOLD: ReadonlyMap<string, number> = new Map();
const HONEST = ["h1", "h2", "h3", "h4"];
const truth = (image: number): number => image % 2;
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** Four honest people have answered 300 images; others have answered as they do. */
function crowd(): LastAnswers {
  const random = seeded(3);
  const collector = collectVotes();
  let id = 1n << 40n;
  const answer = (labeler: string, image: number, label: number): void => {
    id += 4_000n << 22n;
    collector.add({ id: String(id), image: `${image}`, labeler, label });
  };
  for (const image of range(0, 300))
    for (const labeler of HONEST) answer(labeler, image, random() < 0.9 ? truth(image) : 1 - truth(image));
  for (const image of range(0, 100)) {
    answer("random", image, random() < 0.5 ? 1 : 0);
    answer("always yes", image, 1);
    answer("opposite", image, 1 - truth(image));
  }
  // Nobody else has answered these.
  for (const image of range(300, 400)) answer("alone", image, random() < 0.5 ? 1 : 0);
  for (const image of range(400, 460)) {
    answer("one of two", image, truth(image));
    answer("the other one", image, 1 - truth(image));
  }
  for (const image of range(0, 19)) answer("few", image, truth(image));
  return collector.votes();
}

function figures(gold = NO_GOLD, excluded = new Set<string>()): Map<string, LabelerFigures> {
  const options = { question: QUESTION, minAnswers: 20 };
  const all = runAtOnce(labelerFiguresSliced(crowd(), { gold, excluded }, options));
  return new Map(all.map((one) => [one.labeler, one]));
}

const percent = (one: LabelerFigures | undefined): number => Math.round((one?.reliability?.share ?? 0) * 100);

describe("the figures of people", () => {
  it("tell honest people from those who press at random, always the same, or the opposite", () => {
    const all = figures();
    for (const labeler of HONEST) expect(percent(all.get(labeler))).toBeGreaterThan(85);
    expect(percent(all.get("random"))).toBeGreaterThan(38);
    expect(percent(all.get("random"))).toBeLessThan(62);
    expect(percent(all.get("always yes"))).toBe(50);
    expect(percent(all.get("opposite"))).toBeLessThan(5);
    expect(all.has("few")).toBe(false);
    expect(all.get("random")).toMatchObject({ images: 100, gold: { voted: 0 } });
  });

  it("say nothing about answers that nobody else can confirm", () => {
    const all = figures();
    for (const labeler of ["alone", "one of two", "the other one"])
      expect({ labeler, reliability: all.get(labeler)?.reliability }).toEqual({
        labeler,
        reliability: undefined,
      });
  });

  it("go by gold where it is known", () => {
    const gold = new Map(range(400, 430).map((image) => [`${image}`, truth(image)]));
    const all = figures(gold);
    expect(all.get("one of two")?.gold).toMatchObject({ right: 30, voted: 30 });
    expect(percent(all.get("one of two"))).toBeGreaterThan(95);
    expect(percent(all.get("the other one"))).toBeLessThan(5);
  });

  it("describe excluded people by the answers of those who count", () => {
    const all = figures(NO_GOLD, new Set(["opposite"]));
    expect(all.get("opposite")).toMatchObject({ excluded: true, images: 100 });
    expect(percent(all.get("opposite"))).toBeLessThan(5);
    expect(all.get("h1")?.excluded).toBe(false);
  });
});
