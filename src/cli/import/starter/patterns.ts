import { seeded } from "../../../platform/seeded.ts";
import { HEIGHT, palette, pick, px, sheet, tiled, times, WIDTH } from "./canvas.ts";

/** Printed and painted surfaces. */

export function gingham(colour: string, { cell = 44, angle = 0 } = {}): string {
  const band = `fill="${colour}" fill-opacity=".5"`;
  const size = cell * 2;
  const tile = `<rect width="${size}" height="${size}" fill="${palette.paper}"/>
<rect width="${cell}" height="${size}" ${band}/><rect width="${size}" height="${cell}" ${band}/>`;
  return tiled(tile, [size, size], angle);
}

export function stripes(colours: readonly [string, string], { width = 56, angle = 0 } = {}): string {
  const [one, other] = colours;
  const tile = `<rect width="${width * 2}" height="40" fill="${one}"/><rect width="${width}" height="40" fill="${other}"/>`;
  return tiled(tile, [width * 2, 40], angle);
}

export function dots(ground: string, dot: string, { spacing = 64, radius = 13 } = {}): string {
  const half = spacing / 2;
  const circles = [
    [0, 0],
    [spacing, 0],
    [0, spacing],
    [spacing, spacing],
    [half, half],
  ].map(([x, y]) => `<circle cx="${x}" cy="${y}" r="${radius}" fill="${dot}"/>`);
  const tile = `<rect width="${spacing}" height="${spacing}" fill="${ground}"/>${circles.join("")}`;
  return tiled(tile, [spacing, spacing]);
}

export function checkerboard(colours: readonly [string, string], { cell = 72, angle = 45 } = {}): string {
  const [one, other] = colours;
  const tile = `<rect width="${cell * 2}" height="${cell * 2}" fill="${one}"/>
<path d="M0 0h${cell}v${cell}H0zM${cell} ${cell}h${cell}v${cell}h-${cell}z" fill="${other}"/>`;
  return tiled(tile, [cell * 2, cell * 2], angle);
}

/** Fans as on the wallpaper of an old diner. */
export function fans(ground: string, line: string, { radius = 48 } = {}): string {
  const rings = [1, 0.7, 0.4].map((part) => px(radius * part));
  const fan = (x: number, y: number): string =>
    rings
      .map((r) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${ground}" stroke="${line}" stroke-width="4"/>`)
      .join("");
  const rows = times(5, (row) => {
    const y = (row * radius) / 2;
    const shift = row % 2 === 0 ? 0 : radius;
    return times(3, (column) => fan(column * radius * 2 - shift, y)).join("");
  });
  return tiled(rows.join(""), [radius * 2, radius]);
}

export function sunburst(
  colours: readonly [string, string],
  { x = WIDTH / 2, y = HEIGHT / 2, rays = 16, turn = 0 } = {},
): string {
  const step = Math.PI / rays;
  const at = (angle: number): string =>
    `${px(x + 1_000 * Math.cos(angle))} ${px(y + 1_000 * Math.sin(angle))}`;
  const path = times(rays, (ray) => {
    const from = turn + ray * 2 * step;
    return `M${x} ${y}L${at(from)} ${at(from + step)}z`;
  });
  return `${sheet(colours[0])}<path d="${path.join("")}" fill="${colours[1]}"/>`;
}

export function glow(inner: string, outer: string): string {
  return `<defs><radialGradient id="glow" cx=".5" cy=".46" r=".68">
<stop offset="0" stop-color="${inner}"/><stop offset="1" stop-color="${outer}"/>
</radialGradient></defs>${sheet("url(#glow)")}`;
}

/** Sugar sprinkles, none upon another. */
export function sprinkles(ground: string, colours: readonly [string, ...string[]], seed: number): string {
  const random = seeded(seed);
  const cell = 64;
  const bits = times(12 * 9, (index) => {
    const x = px(((index % 12) + 0.25 + random() / 2) * cell);
    const y = px((Math.floor(index / 12) + 0.25 + random() / 2) * cell);
    const turned = `rotate(${Math.round(random() * 180)} ${x} ${y})`;
    return `<rect x="${px(x - 17)}" y="${px(y - 5)}" width="34" height="10" rx="5" fill="${pick(random, colours)}" transform="${turned}"/>`;
  });
  return sheet(ground) + bits.join("");
}
