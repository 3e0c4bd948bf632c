import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Progress } from "../../../src/labeling/progress.ts";
import { LANGUAGES, textsFor } from "../../../src/texts/texts.ts";
import { chartAltText, progressChart, type Chart } from "../../../src/worker/progress/chart.ts";
import { chartSvg, renderChart } from "../../../src/worker/progress/chart-renderer.ts";

/** Width of the empty margin, in pixels. */
const MARGIN = 36;

const DAYS = Array.from({ length: 30 }, (_, index) => ({
  day: new Date(Date.UTC(2026, 9, 24 + index)),
  answers: index % 7 === 3 ? 0 : 1_000 + index,
}));

const PROGRESS: Progress = {
  images: 20_000,
  settled: 9_101,
  open: 4_103,
  untouched: 6_796,
  remaining: { low: 30_000, high: 35_000 },
  remainingDays: { low: 30, high: 35 },
  answers: 100_000,
  unsure: 0,
  people: 50,
  alpha: 0.62,
  reading: "unreliable",
  days: DAYS,
};

function chart(locale: string, changes: Partial<Progress> = {}): Chart {
  return progressChart({ ...PROGRESS, ...changes }, textsFor(locale).progress.chart);
}

function alt(locale: string, changes: Partial<Progress> = {}): string {
  return chartAltText(chart(locale, changes), textsFor(locale).progress.alt);
}

function textsIn(drawn: Chart): string[] {
  const found = chartSvg(drawn).matchAll(/<text[^>]*>([^<]*)<\/text>/g);
  return Array.from(found, ([, text = ""]) => text.replace("&lt;", "<").replace("&gt;", ">"));
}

describe("the progress chart", () => {
  it.each([
    ["en-US", ["9,101", "4,103", "6,796", "46%", "34%", "20,000 images", "1,029", "Nov 22", "1,500"]],
    ["fr", ["9\u202f101", "4\u202f103", "6\u202f796", "46 %", "20\u202f000 images", "22 nov."]],
  ])("writes its figures as %s does", (locale, figures) => {
    const drawn = textsIn(chart(locale)).map((text) =>
      text.replaceAll("\u00a0", " ").replace(/\u202f%/, " %"),
    );
    expect(drawn).toEqual(expect.arrayContaining(figures));
  });

  it("has no figure that its alternative text does not have", () => {
    for (const locale of LANGUAGES.keys()) {
      const { coverage, perDay } = chart(locale);
      const said = alt(locale);
      for (const { figure, share, name } of coverage.parts) {
        expect(said).toContain(figure);
        expect(said).toContain(share);
        expect(said).toContain(name);
      }
      expect(said).toContain(perDay.days.map(({ figure }) => figure).join("; "));
      expect(said).toContain(coverage.images);
    }
  });

  it("has bars as high as the answers of their days", () => {
    const svg = chartSvg(chart("en-US", { days: DAYS.map((day, index) => ({ ...day, answers: index })) }));
    const heights = Array.from(svg.matchAll(/<path[^>]*d="([^"]*)"[^>]*fill="#56b4e9"/g), ([, path = ""]) => {
      const ys = Array.from(path.matchAll(/[ ,](-?[\d.]+)(?=[A-Z]|$)/g), ([, y]) => Number(y));
      return Math.max(...ys) - Math.min(...ys);
    });
    expect(heights).toHaveLength(30);
    const [one = 0, last = 0] = [heights[1], heights[29]];
    expect(last / one).toBeCloseTo(29, 0);
  });

  it("is a PNG of 1520 × 1200 with its own background, and not blank", async () => {
    const image = sharp(await renderChart(chart("en-US")));
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

  it("draws long periods without overlapping dates", () => {
    const days = Array.from({ length: 400 }, (_, index) => ({
      day: new Date(Date.UTC(2026, 0, index)),
      answers: 1,
    }));
    const svg = chartSvg(chart("en-US", { days }));
    const places = Array.from(svg.matchAll(/<text x="([\d.]+)" y="566"/g), ([, x]) => Number(x));
    const gaps = places.slice(1).map((x, index) => x - (places[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(130);
  });

  it("escapes what texts contain", () => {
    const { coverage, perDay } = chart("en-US");
    expect(chartSvg({ coverage: { ...coverage, title: "<b> & co" }, perDay })).toContain(
      "&lt;b&gt; &amp; co",
    );
  });

  it("is the same when no font is installed", async () => {
    const script = join(import.meta.dirname, "draw-once.ts");
    const environment = { PATH: process.env["PATH"], HOME: "/nowhere", FONTCONFIG_FILE: "/dev/null" };
    const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(chart("fr"))], {
      env: environment,
    });
    expect(stdout).toBe(
      createHash("sha256")
        .update(await renderChart(chart("fr")))
        .digest("hex"),
    );
  });

  it.each([
    ["a single answer", { images: 1, settled: 0, open: 1, untouched: 0, days: lastOnly(1) }],
    ["millions", { images: 1_234_567, settled: 1_234_567, open: 0, untouched: 0, days: lastOnly(7_654_321) }],
    ["no labeled image that is left", { images: 1, settled: 0, open: 0, untouched: 1 }],
  ])("keeps within its edges with %s, in every language", async (_, changes) => {
    for (const locale of LANGUAGES.keys()) {
      const picture = sharp(await renderChart(chart(locale, changes)));
      const { width, height } = await picture.metadata();
      const bands = [
        { left: 0, top: 0, width, height: MARGIN },
        { left: 0, top: height - MARGIN, width, height: MARGIN },
        { left: 0, top: 0, width: MARGIN, height },
        { left: width - MARGIN, top: 0, width: MARGIN, height },
      ];
      for (const band of bands) {
        const { channels } = await sharp(await picture.clone().extract(band).toBuffer()).stats();
        expect(channels.map(({ min, max }) => [min, max])).toEqual(
          [0x1e, 0x1f, 0x22].map((value) => [value, value]),
        );
      }
    }
  });

  it("says so when nobody has answered lately", () => {
    const days = DAYS.map(({ day }) => ({ day, answers: 0 }));
    expect(textsIn(chart("en-US", { days }))).toContain("No answers in the last 30 days");
    expect(alt("en-US", { days })).toContain("No answers in the last 30 days.");
  });

  it("has an alternative text that Discord accepts, however large the figures", () => {
    const days = DAYS.map(({ day }) => ({ day, answers: 9_999_999 }));
    const most = {
      images: 99_999_999,
      settled: 69_999_999,
      open: 9_999_999,
      untouched: 20_000_001,
      days,
    };
    for (const locale of LANGUAGES.keys()) expect(alt(locale, most).length).toBeLessThanOrEqual(1_024);
  });

  it.each([
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [4, [0, 2, 4]],
    [12, [0, 5, 10, 15]],
    [31, [0, 20, 40]],
    [5_194, [0, 2_000, 4_000, 6_000]],
    [99_999, [0, 50_000, 100_000]],
  ])("has round numbers beside at most 3 grid lines up to %i", (highest, values) => {
    expect(chart("en-US", { days: lastOnly(highest) }).perDay.ticks.map(({ value }) => value)).toEqual(
      values,
    );
  });
});

function lastOnly(answers: number): Progress["days"] {
  return DAYS.map(({ day }, index) => ({ day, answers: index === 29 ? answers : 0 }));
}
