import { fileURLToPath } from "node:url";
import { renderAsync } from "@resvg/resvg-js";
import sharp from "sharp";
import type { Chart } from "./chart.ts";

/** In layout units of two pixels. The chart is narrow, because a phone shows it at about a third of its size. */
const WIDTH = 760;
const HEIGHT = 600;
const MARGIN = 40;
/** The area of the daily bars, without the labels of its axes. */
const PLOT = { left: 132, right: WIDTH - MARGIN, top: 360, bottom: 524 };

const FONT_SIZE = 26;
/** The only fonts that are used: containers have none, and every machine should draw the same picture. */
const FONT_FILES = [
  import.meta.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
  import.meta.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf"),
].map((url) => fileURLToPath(url));
/** Width of the widest digit, in font sizes. Separators of thousands are narrower. */
const DIGIT_WIDTH = 0.6;

/** The picture has its own background, so that the picture reads the same in Discord's dark and light themes. */
const DARK = "#1e1f22";
const LIGHT = "#f2f3f5";
const GRAY = "#b5bac1";
const MUTED = `fill="${GRAY}"`;
const BOLD = `font-weight="600"`;
const CENTERED = `text-anchor="middle"`;
const TO_THE_LEFT = `text-anchor="end"`;
/** A border in the background's color, which keeps grid lines away from the text. */
const BORDERED = `stroke="${DARK}" stroke-width="12" stroke-linejoin="round" paint-order="stroke"`;

/** Renders the chart as a PNG of 1520 × 1200 pixels, on a separate thread. */
export async function renderChart(chart: Chart): Promise<Buffer> {
  const { width, height, pixels } = await renderAsync(chartSvg(chart), {
    fitTo: { mode: "zoom", value: 2 },
    font: { loadSystemFonts: false, fontFiles: FONT_FILES, defaultFontFamily: "Inter" },
  });
  const raw = { width, height, channels: 4 } as const;
  return sharp(pixels, { raw }).removeAlpha().png().toBuffer();
}

/** Draws the chart as an SVG document. No position depends on how wide a renderer draws a text. */
export function chartSvg({ coverage, perDay }: Chart): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="Inter" font-size="${FONT_SIZE}" fill="${LIGHT}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="${DARK}"/>
${heading(60, coverage.title, coverage.images)}
${coverageSvg(coverage.parts)}
${heading(316, perDay.title, perDay.last)}
${perDay.most === undefined ? text(426, 451, perDay.none, CENTERED, MUTED) : perDaySvg(perDay, perDay.most)}
</svg>`;
}

/** @param y baseline of the text */
function text(x: number, y: number, content: string, ...attributes: string[]): string {
  const escaped = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<text x="${x}" y="${y}" ${attributes.join(" ")}>${escaped}</text>`;
}

/** The font size, at most `maxSize`, in which each of the figures fits into a width. */
function fontSize(width: number, figures: readonly { figure: string }[], maxSize: number): string {
  const longest = Math.max(...figures.map(({ figure }) => figure.length));
  return `font-size="${Math.min(maxSize, Math.floor(width / (longest * DIGIT_WIDTH)))}"`;
}

function heading(y: number, title: string, caption: string): string {
  return (
    text(MARGIN, y, title, BOLD, `font-size="34"`) + text(WIDTH - MARGIN, y, caption, TO_THE_LEFT, MUTED)
  );
}

/** The looks of the parts, in their order: lighter for settled images, which every kind of color vision sees, and hollow for those that nobody has labeled. */
const PARTS = [
  { fill: "#ffd24a", stroke: "#ffd24a", label: DARK },
  { fill: "#7d5f10", stroke: "#7d5f10", label: LIGHT },
  { fill: DARK, stroke: "#80848e", label: GRAY },
];
const PART_GAP = 6;
/** Wide enough to show even one of many images. */
const MIN_PART_WIDTH = 8;
/** The width that a share such as "100 %" needs. */
const MIN_SHARE_WIDTH = 84;

/** One bar, whose parts are as wide as their shares of the images, and its legend in the same order. */
function coverageSvg(parts: Chart["coverage"]["parts"]): string {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const shown = parts.filter(({ count }) => count > 0).length;
  const room = WIDTH - 2 * MARGIN - PART_GAP * (shown - 1) - MIN_PART_WIDTH * shown;
  const column = (WIDTH - 2 * MARGIN) / parts.length;
  const figureSize = fontSize(column - 36, parts, 36);
  let x = MARGIN;
  const svg = PARTS.map(({ fill, stroke, label }, index) => {
    const { count = 0, figure = "", share = "", name = "" } = parts[index] ?? {};
    // A stroke lies half outside of its rectangle.
    const box = (left: number, top: number, width: number, height: number, radius: number): string =>
      `<rect x="${left + 1}" y="${top + 1}" width="${width - 2}" height="${height - 2}" rx="${Math.min(radius, width / 2 - 1)}" fill="${fill}" stroke="${stroke}" stroke-width="2"/>`;
    const left = MARGIN + index * column;
    const legend = `${box(left, 180, 26, 26, 6)}${text(left + 36, 205, figure, BOLD, figureSize)}${text(left, 244, name, MUTED)}`;
    if (count === 0) return legend;
    const width = MIN_PART_WIDTH + (count / total) * room;
    const shareText =
      width < MIN_SHARE_WIDTH ? "" : text(x + width / 2, 129, share, BOLD, CENTERED, `fill="${label}"`);
    const part = box(x, 88, width, 64, 10) + shareText;
    x += width + PART_GAP;
    return part + legend;
  });
  return svg.join("\n");
}

/** Gap between two daily bars, as a share of a bar and its gap. */
const GAP_SHARE = 0.25;

/** A bar for each day, the highest with its figure; dates a whole number of weeks apart, counted back from today. */
function perDaySvg({ days, ticks }: Chart["perDay"], most: Chart["perDay"]["days"][number]): string {
  const step = (PLOT.right - PLOT.left) / (days.length + GAP_SHARE);
  const width = step * (1 - GAP_SHARE);
  const leftOf = (day: number): number => PLOT.left + step * (day + GAP_SHARE);
  const middleOf = (day: number): number => leftOf(day) + width / 2;
  const scale = (PLOT.bottom - PLOT.top) / (ticks.at(-1)?.value ?? 1);
  const topOf = (answers: number): number => PLOT.bottom - answers * scale;

  const tickSize = fontSize(96, ticks, FONT_SIZE);
  const grid = ticks.map(({ value, figure }) => {
    const line = `<path d="M${PLOT.left} ${topOf(value)}H${PLOT.right}" stroke="#3f4147" stroke-width="2"/>`;
    return line + text(PLOT.left - 16, topOf(value) + 9, figure, TO_THE_LEFT, MUTED, tickSize);
  });

  const highest = days.findIndex(({ answers }) => answers === most.answers);
  // Above the first and the last bars there is room on one side only.
  const [shift, anchor] =
    highest < 2 ? [-12, ""] : highest > days.length - 3 ? [12, TO_THE_LEFT] : [0, CENTERED];
  const y = topOf(most.answers) - 12;
  const figure = text(middleOf(highest) + shift, y, most.figure, BOLD, anchor, BORDERED);

  const today = days.length - 1;
  // Every seventh of 30 days leaves room for a date.
  const interval = 7 * Math.ceil(days.length / 30);
  const dates = days.map(({ day }, index) => {
    // Centered below its bar, today's date would reach into the margin.
    if (index === today) return text(PLOT.right, 566, day, TO_THE_LEFT, MUTED);
    return (today - index) % interval === 0 ? text(middleOf(index), 566, day, CENTERED, MUTED) : "";
  });
  const bars = days.map(({ answers }, index) => bar(leftOf(index), topOf(answers), width));
  return [...grid, ...bars, figure, ...dates].join("\n");
}

/** A bar with rounded upper corners, in sky blue of the palette of M. Okabe and K. Ito. @see https://jfly.uni-koeln.de/color/ */
function bar(x: number, y: number, width: number): string {
  const radius = Math.min(4, width / 2, PLOT.bottom - y);
  const [right, shoulder] = [x + width, y + radius];
  return `<path d="M${x},${PLOT.bottom}L${x},${shoulder}Q${x},${y} ${x + radius},${y}L${right - radius},${y}Q${right},${y} ${right},${shoulder}L${right},${PLOT.bottom}Z" fill="#56b4e9"/>`;
}
