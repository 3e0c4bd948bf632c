import { seeded } from "../../platform/seeded.ts";

/** Pixels. Landscape, so that four images in a chat do not push each other off the screen. */
export const WIDTH = 768;
export const HEIGHT = 576;

const SHADE = "#3b1d0a";
/** Style of the lines in wood and cloth. */
const FOLDS = `fill="none" stroke="${SHADE}" stroke-opacity=".12" stroke-width="4" stroke-linecap="round"`;

const times = (count: number, draw: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => draw(index)).join("");

/** Fills the canvas with a color or gradient. */
const plain = (fill: string): string => `<rect width="${WIDTH}" height="${HEIGHT}" fill="${fill}"/>`;

/** The parts of a tile of 2 × 2 units. */
const TILES = {
  gingham: ["M0 0h1v2H0z", "M0 0h2v1H0z"],
  stripes: ["M0 0h1v2H0z"],
  checks: ["M0 0h1v2h1V1H0z"],
  dots: ["M1 .6a.4.4 0 1 0 .01 0z"],
  planks: ["M0 0h2v.03H0z", "M0 1h2v.03H0z", "M.4 0h.02v1h-.02z", "M1.5 1h.02v1h-.02z", "M0 1h2v1H0z"],
  waves: ["M0 .3q.5-.4 1 0t1 0V1q-.5.4-1 0t-1 0z"],
};

/** Fills the canvas with tiles of one color on a ground, turned clockwise by `angle` degrees. */
function tiled(kind: keyof typeof TILES, unit: number, color: string, ground: string, angle = 0): string {
  const opacity = TILES[kind].length > 1 ? 0.5 : 1;
  const parts = TILES[kind].map((part) => `<path d="${part}" fill="${color}" fill-opacity="${opacity}"/>`);
  return `${plain(ground)}<pattern id="tile" width="2" height="2" patternUnits="userSpaceOnUse" patternTransform="rotate(${angle}) scale(${unit})">${parts.join("")}</pattern>${plain("url(#tile)")}`;
}

function sunburst(ground: string, color: string): string {
  const rays = times(
    16,
    (ray) => `<path d="M384 288l600-59v118z" transform="rotate(${ray * 22.5} 384 288)"/>`,
  );
  return `${plain(ground)}<g fill="${color}">${rays}</g>`;
}

/** Scatters shapes, one in each cell of a grid, each turned by at most `turn` degrees. */
function scattered(ground: string, shapes: readonly string[], turn: number, seed: number): string {
  const random = seeded(seed);
  const at = (cell: number): number => Math.round((cell + 0.15 + random() * 0.7) * 64);
  const shape = (index: number): string =>
    `<g transform="translate(${at(index % 12)} ${at(Math.floor(index / 12))}) rotate(${Math.round(random() * turn)})">${shapes[Math.floor(random() * shapes.length)]}</g>`;
  return plain(ground) + times(108, shape);
}

/** Puts something on the middle of the canvas, with a shadow. */
function laid(svg: string, transform = ""): string {
  return `<g filter="url(#shadow)"><g transform="translate(384 288)${transform}">${svg}</g></g>`;
}

function plate(color: string, rim: string, width = 256, height = width): string {
  return laid(`<ellipse rx="${width}" ry="${height}" fill="${color}"/>
<ellipse rx="${width - 18}" ry="${height - 18}" fill="none" stroke="${rim}" stroke-width="8"/>
<ellipse rx="${width * 0.7}" ry="${height * 0.7}" fill="#fff" fill-opacity=".35" stroke="${SHADE}" stroke-opacity=".1" stroke-width="5"/>`);
}

/** A basket lined with paper. */
function basket(color: string): string {
  return laid(`<rect x="-310" y="-200" width="620" height="400" rx="120" fill="${color}"/>
<rect x="-301" y="-191" width="602" height="382" rx="112" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="6"/>
<path d="M-270-96L-206-172L-60-150L84-178L214-148L282-60L262 84L196 170L40 152L-96 176L-220 150L-284 66z" fill="#fffaf0"/>
<path d="M-206-172L-170-60M214-148L150-70M196 170L160 72M-220 150L-150 70" ${FOLDS}/>`);
}

function board(color: string): string {
  return laid(`<path d="M-264-190H204a46 46 0 0 1 46 46v88q6 20 30 20h40a36 36 0 0 1 0 72h-40q-24 0-30 20v88a46 46 0 0 1-46 46H-264a46 46 0 0 1-46-46V-144a46 46 0 0 1 46-46z" fill="${color}"/>
<circle cx="316" r="13" fill="${SHADE}" fill-opacity=".55"/>
<path d="M-270-120q140 16 330 0M-248-52q140-14 354 0M-226 24q140 16 378 0M-204 106q140-14 402 0" ${FOLDS}/>`);
}

function napkin(color: string, hem: string, angle: number): string {
  const svg = `<rect x="-220" y="-220" width="440" height="440" rx="10" fill="${color}"/><path d="M-220 0H220M0-220V220" ${FOLDS}/>
<rect x="-196" y="-196" width="392" height="392" fill="none" stroke="${hem}" stroke-width="7" stroke-dasharray="18 12"/>`;
  return laid(svg, ` rotate(${angle})`);
}

/** Pixels of the edge, negative to mirror; degrees, clockwise; pixels from the middle of the canvas. */
type Place = [size: number, turn?: number, x?: number, y?: number];

/** Lays a drawing of 32 × 32 units on the canvas. */
function food(body: string, ...[size, turn = 0, x = 0, y = 0]: Place): string {
  const scale = `scale(${size / 32} ${Math.abs(size) / 32})`;
  return laid(body, ` translate(${x} ${y}) rotate(${turn}) ${scale} translate(-16 -16)`);
}

const [PAPER, CREAM, MUSTARD, RED, ROSE] = ["#fffaf0", "#fff0d6", "#f6bd41", "#d6412f", "#f09a86"] as const;
const [TEAL, MINT, SKY, LEAF, WOOD] = ["#2f8f89", "#a9d8c6", "#7fc4d2", "#86a344", "#e2a765"] as const;
const [TAN, BARK, GRASS] = ["#c98d55", "#8a5a3c", "#94b257"] as const;

const bars = (width: number, height: number, colors: readonly string[]): string[] =>
  colors.map((color) => `<rect width="${width}" height="${height}" rx="5" fill="${color}"/>`);

const PETALS = times(6, (turn) => `<circle cx="9" r="6" fill="${PAPER}" transform="rotate(${turn * 60})"/>`);
const TUFT = `<path d="M-11-15Q-3-8 0 0Q0-14 2-23M0 0Q5-10 14-14" fill="none" stroke="#a9c267" stroke-width="4.5"/>`;
const PLANTS = [`${PETALS}<circle r="6" fill="${MUSTARD}"/>`, TUFT, TUFT, TUFT, TUFT];

/** Colors of hot dogs: crust, sausage, bun and sauce. The first are those of the emoji. */
const CLASSIC = ["#d3883e", "#ff6723", "#f3ad61", "#fcd53f"] as const;
const KETCHUP = ["#c98d4c", "#b5592f", "#f2c98f", "#e2231a"] as const;
const DARK = ["#8a4f27", "#d8432f", "#b9733c", "#fff0c2"] as const;
const BROWN = ["#c68a48", "#8f4526", "#eebf7d", "#f6bd41"] as const;

/** A hot dog seen from above. */
function top([crust, sausage, bun, sauce]: readonly string[], ...place: Place): string {
  const svg = `<rect x="3" y="8.5" width="26" height="15" rx="7" fill="${crust}"/><rect x="3" y="8.5" width="26" height="7" rx="3.5" fill="${bun}"/>
<rect x="3" y="16.5" width="26" height="7" rx="3.5" fill="${bun}"/><rect x=".5" y="12.7" width="31" height="6.6" rx="3.3" fill="${sausage}"/>
<path d="M4 16q1.5-3.4 3 0t3 0t3 0t3 0t3 0t3 0t3 0t3 0" fill="none" stroke="${sauce}" stroke-width="1.5" stroke-linecap="round"/>`;
  return food(svg, ...place);
}

/**
 * The layers of each scene, from back to front, by what the scene shows: first the ten with hot dogs.
 * @param emoji the SVG elements of the emoji with this name
 */
export function starterScenes(emoji: (name: string) => string): Record<string, string> {
  const icon = (name: string, ...place: Place): string => food(emoji(name), ...place);
  const side = (colors: readonly string[], ...place: Place): string =>
    CLASSIC.reduce(
      (svg, color, index) => svg.replaceAll(color, colors[index] ?? ""),
      icon("hot-dog", ...place),
    );
  return {
    "a hot dog on a plate on red gingham": `${tiled("gingham", 44, RED, PAPER)}${plate(PAPER, SKY)}${side(CLASSIC, 360, 14)}`,
    "a hot dog in a basket on wood": `${tiled("planks", 120, "#b5763f", TAN)}${basket(RED)}${top(BROWN, 440, -14)}`,
    "a hot dog before a sunburst": `${sunburst(MUSTARD, "#f9d06c")}${top(CLASSIC, 520, 48)}`,
    "a hot dog on a plate on dots": `${tiled("dots", 22, "#54aaa3", TEAL, 45)}${plate(CREAM, RED, 320, 236)}${side(KETCHUP, 350, 42)}`,
    "a hot dog on a napkin on stripes": `${tiled("stripes", 56, ROSE, CREAM, 32)}${napkin(PAPER, TEAL, -11)}${side(CLASSIC, -370, -6)}`,
    "two hot dogs on a board": `${tiled("gingham", 36, LEAF, PAPER, 45)}${board(WOOD)}${top(DARK, 340, -8, -50, -84)}${top(KETCHUP, 340, -3, -20, 76)}`,
    "a hot dog with fries": `${tiled("checks", 64, "#e8604d", PAPER, 45)}${plate(MINT, PAPER, 330, 246)}${icon("french-fries", 220, 14, 160, -46)}${top(CLASSIC, 350, -22, -62, 30)}`,
    "a hot dog from near by": `${plain("url(#glow)")}${side(BROWN, 640, 24)}`,
    "a hot dog on terrazzo": `${scattered(CREAM, bars(30, 22, [ROSE, MUSTARD, MINT, BARK, TEAL]), 180, 3)}${plate(TEAL, "#7fc2bb")}${side(DARK, -350, 66)}`,
    "three hot dogs at a picnic": `${scattered(GRASS, PLANTS, 20, 11)}${napkin(MUSTARD, PAPER, 7)}${side(BROWN, 240, 45, 0, -122)}${side(CLASSIC, 240, 45, 0, -4)}${side(KETCHUP, 240, 45, 0, 114)}`,
    "a taco on a plate on yellow gingham": `${tiled("gingham", 40, "#e8932f", PAPER, 45)}${plate(TEAL, MINT)}${icon("taco", 350, 12)}`,
    "a burrito on a board": `${tiled("planks", 130, "#74492e", BARK)}${board(WOOD)}${icon("burrito", 360, -18, -34)}`,
    "a banana before a sunburst": `${sunburst(SKY, "#98d2dd")}${icon("banana", 440, -8)}`,
    "a loaf of bread in a basket": `${tiled("stripes", 44, SKY, PAPER)}${basket(BARK)}${icon("baguette-bread", 450, 33)}`,
    "an ear of corn on a plate on dots": `${tiled("dots", 27, PAPER, "#f3cf7a", 45)}${plate(PAPER, LEAF)}${icon("ear-of-corn", 350, 16)}`,
    "a carrot": `${tiled("waves", 36, "#fbdcb0", "#f7c98f")}${icon("carrot", 440, 38)}`,
    "a sandwich on a napkin": `${tiled("checks", 58, LEAF, CREAM)}${napkin(PAPER, RED, 18)}${icon("sandwich", 350)}`,
    "a canoe on the water": `${tiled("waves", 90, "#47a1ad", "#62b6c1")}${icon("canoe", 480).replace("#00a6ed", "none")}`,
    "a croissant among sprinkles": `${scattered(ROSE, bars(34, 10, [PAPER, MUSTARD, RED, MINT]), 180, 9)}${plate(PAPER, MUSTARD)}${icon("croissant", 350, -20)}`,
    "a dog in the grass": `${scattered(GRASS, PLANTS, 20, 4)}${icon("dog", -440)}`,
  };
}
