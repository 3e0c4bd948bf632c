import type { Random } from "../../../platform/seeded.ts";
/** Pixels. Landscape, so that four of them in a chat do not push each other off the screen. */
export const WIDTH = 768;
export const HEIGHT = 576;

/** Colours that go together: what lies on a hot-dog stand. */
export const palette = {
  paper: "#fffaf0",
  cream: "#fff0d6",
  peach: "#ffd3a8",
  mustard: "#f6bd41",
  amber: "#e8932f",
  ketchup: "#d6412f",
  rose: "#f09a86",
  bun: "#e2a765",
  crust: "#a9683a",
  cocoa: "#5a3423",
  relish: "#86a344",
  leaf: "#5f8340",
  teal: "#2f8f89",
  mint: "#a9d8c6",
  sky: "#7fc4d2",
} as const;

/** Rounded to a tenth of a pixel, so that the last digits of a sine, which engines may differ in, do not show. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}

export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

/** The whole canvas in one colour, gradient or pattern. */
export function sheet(fill: string): string {
  return `<rect width="${WIDTH}" height="${HEIGHT}" fill="${fill}"/>`;
}

/** The whole canvas in a tile that repeats. */
export function tiled(tile: string, size: readonly [width: number, height: number], angle = 0): string {
  const [width, height] = size;
  const turned = angle === 0 ? "" : ` patternTransform="rotate(${angle})"`;
  const pattern = `<pattern id="tile" width="${width}" height="${height}" patternUnits="userSpaceOnUse"${turned}>`;
  return `<defs>${pattern}${tile}</pattern></defs>${sheet("url(#tile)")}`;
}
