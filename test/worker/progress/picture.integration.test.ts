import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Progress } from "../../../src/labeling/progress.ts";
import { textsFor } from "../../../src/texts/texts.ts";
import { altOf, chartOf, type Chart } from "../../../src/worker/progress/chart/chart.ts";
import { draw, svgOf } from "../../../src/worker/progress/chart/draw.ts";

/** Pixels around all that is drawn. */
const BAND = 36;

const DAYS = Array.from({ length: 30 }, (_, index) => ({
  day: new Date(Date.UTC(2026, 9, 24 + index)),
  answers: index % 7 === 3 ? 0 : 1_000 + index,
}));

const PROGRESS: Progress = {
  images: 20_000,
  byPeople: [6_796, 4_103, 4_000, 5_101],
  answers: 100_000,
  people: 50,
  alpha: 0.62,
  reading: "unreliable",
  differ: 3,
  tied: 4,
  decided: 4,
  days: DAYS,
};

function chart(locale: string, changes: Partial<Progress> = {}): Chart {
  return chartOf({ ...PROGRESS, ...changes }, textsFor(locale).progress.chart);
}

function alt(locale: string, changes: Partial<Progress> = {}): string {
  return altOf(chart(locale, changes), textsFor(locale).progress.alt);
}

async function textsIn(drawn: Chart): Promise<string[]> {
  const found = (await svgOf(drawn)).matchAll(/<text[^>]*>([^<]*)<\/text>/g);
  return Array.from(found, ([, text = ""]) => text.replace("&lt;", "<").replace("&gt;", ">"));
}

describe("the picture of the progress", () => {
  it.each([
    [
      "en-US",
      ["5,101", "4,000", "4,103", "6,796", "26%", "34%", "20,000 images", "1,029", "Nov 22", "1,500"],
    ],
    ["fr", ["5\u202f101", "4\u202f000", "4\u202f103", "6\u202f796", "26 %", "20\u202f000 images", "22 nov."]],
  ])("says its figures as %s writes them", async (locale, figures) => {
    const drawn = (await textsIn(chart(locale))).map((text) =>
      text.replaceAll("\u00a0", " ").replace(/\u202f%/, " %"),
    );
    expect(drawn).toEqual(expect.arrayContaining(figures));
  });

  it("says no figure of an image or a day that its alternative text does not", async () => {
    for (const locale of ["en-US", "fr"]) {
      const { coverage, perDay } = chart(locale);
      const said = alt(locale);
      for (const { figure, share, by } of coverage.parts) {
        expect(said).toContain(figure);
        expect(said).toContain(share);
        expect(said).toContain(by);
      }
      expect(said).toContain(perDay.days.map(({ figure }) => figure).join("; "));
      expect(said).toContain(coverage.images);
    }
  });

  it("has bars as high as the answers of their days", async () => {
    const svg = await svgOf(chart("en-US", { days: DAYS.map((day, index) => ({ ...day, answers: index })) }));
    const heights = Array.from(svg.matchAll(/<path[^>]*d="([^"]*)"[^>]*fill="#56b4e9"/g), ([, path = ""]) => {
      const ys = Array.from(path.matchAll(/[ ,](-?[\d.]+)(?=[A-Z]|$)/g), ([, y]) => Number(y));
      return Math.max(...ys) - Math.min(...ys);
    });
    expect(heights).toHaveLength(30);
    const [one = 0, last = 0] = [heights[1], heights[29]];
    expect(last / one).toBeCloseTo(29, 0);
  });

  it("is a PNG of 1520 × 1200 with its own ground, and not blank", async () => {
    const image = sharp(await draw(chart("en-US")));
    expect(await image.metadata()).toMatchObject({
      format: "png",
      width: 1_520,
      height: 1_200,
      hasAlpha: false,
    });
    const { channels } = await image.stats();
    for (const { max, stdev } of channels) {
      expect(max).toBeGreaterThan(200);
      expect(stdev).toBeGreaterThan(20);
    }
    const { data } = await image.raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 3)]).toEqual([0x1e, 0x1f, 0x22]);
  });

  it("is the same where no font is installed", async () => {
    const script = join(import.meta.dirname, "draw-once.ts");
    const environment = { PATH: process.env["PATH"], HOME: "/nowhere", FONTCONFIG_FILE: "/dev/null" };
    const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(chart("fr"))], {
      env: environment,
    });
    expect(stdout).toBe(
      createHash("sha256")
        .update(await draw(chart("fr")))
        .digest("hex"),
    );
  });

  it.each([
    ["a single answer", { images: 1, byPeople: [0, 1, 0, 0] as const, days: lastOnly(1) }],
    ["millions", { images: 1_234_567, byPeople: [0, 0, 0, 1_234_567] as const, days: lastOnly(7_654_321) }],
    ["no image that is left", { images: 1, byPeople: [1, 0, 0, 0] as const }],
  ])("keeps within its edges with %s", async (_, changes) => {
    const picture = sharp(await draw(chart("fr", changes)));
    const { width, height } = await picture.metadata();
    const bands = [
      { left: 0, top: 0, width, height: BAND },
      { left: 0, top: height - BAND, width, height: BAND },
      { left: 0, top: 0, width: BAND, height },
      { left: width - BAND, top: 0, width: BAND, height },
    ];
    for (const band of bands) {
      const { channels } = await sharp(await picture.clone().extract(band).toBuffer()).stats();
      expect(channels.map(({ min, max }) => [min, max])).toEqual(
        [0x1e, 0x1f, 0x22].map((value) => [value, value]),
      );
    }
  });

  it("says so where nobody has answered lately", async () => {
    const days = DAYS.map(({ day }) => ({ day, answers: 0 }));
    expect(await textsIn(chart("en-US", { days }))).toContain("No answers in the last 30 days");
    expect(alt("en-US", { days })).toContain("No answers in the last 30 days.");
  });

  it("has an alternative text that Discord takes, however many there are", () => {
    const days = DAYS.map(({ day }) => ({ day, answers: 9_999_999 }));
    const most = {
      images: 99_999_999,
      byPeople: [9_999_999, 9_999_999, 9_999_999, 69_999_999] as const,
      days,
    };
    expect(alt("fr", most).length).toBeLessThanOrEqual(1_024);
  });

  it.each([
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [4, [0, 2, 4]],
    [12, [0, 5, 10, 15]],
    [31, [0, 20, 40]],
    [5_194, [0, 2_000, 4_000, 6_000]],
    [99_999, [0, 50_000, 100_000]],
  ])("has round numbers beside at most 3 lines up to %i", (highest, values) => {
    expect(chart("en-US", { days: lastOnly(highest) }).perDay.ticks.map(({ value }) => value)).toEqual(
      values,
    );
  });
});

function lastOnly(answers: number): Progress["days"] {
  return DAYS.map(({ day }, index) => ({ day, answers: index === 29 ? answers : 0 }));
}
