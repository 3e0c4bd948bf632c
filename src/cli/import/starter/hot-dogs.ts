import { palette as c } from "./canvas.ts";
import { checkerboard, dots, gingham, glow, stripes, sunburst } from "./patterns.ts";
import type { Scene } from "./scene.ts";
import { meadow, planks, terrazzo } from "./surfaces.ts";
import { basket, board, napkin, plate } from "./tableware.ts";

export const hotDogs: readonly Scene[] = [
  {
    shows: "a hot dog on a plate on red gingham",
    background: gingham(c.ketchup),
    under: plate(c.paper, c.sky),
    pieces: [{ emoji: "fluent/hot-dog", size: 400, turn: 14 }],
  },
  {
    shows: "a hot dog in a basket on wood",
    background: planks(["#c98d55", "#bd8049", "#d0965f"], 7),
    under: basket(c.ketchup),
    pieces: [{ emoji: "noto/hot-dog", size: 420, turn: -32 }],
  },
  {
    shows: "a hot dog before a sunburst",
    background: sunburst([c.mustard, "#f9d06c"], { turn: 0.1 }),
    pieces: [{ emoji: "twemoji/hot-dog", size: 500 }],
  },
  {
    shows: "a hot dog on a plate on dots",
    background: dots(c.teal, "#54aaa3"),
    under: plate(c.cream, c.ketchup, [320, 236]),
    pieces: [{ emoji: "emojione/hot-dog", size: 400, turn: 40 }],
  },
  {
    shows: "a hot dog on a napkin on stripes",
    background: stripes([c.cream, c.rose], { angle: 32 }),
    under: napkin(c.paper, c.teal, -11),
    pieces: [{ emoji: "fluent/hot-dog", size: 380, mirrored: true, turn: -6 }],
  },
  {
    shows: "two hot dogs on a board",
    background: gingham(c.relish, { cell: 36, angle: 45 }),
    under: board(c.bun),
    pieces: [
      { emoji: "noto/hot-dog", size: 330, at: [-42, -94], turn: -40 },
      { emoji: "noto/hot-dog", size: 330, at: [-14, 54], turn: -34 },
    ],
  },
  {
    shows: "a hot dog with fries",
    background: checkerboard([c.paper, "#e8604d"], { cell: 64 }),
    under: plate(c.mint, c.paper, [330, 246]),
    pieces: [
      { emoji: "twemoji/french-fries", size: 210, at: [168, -46], turn: 14 },
      { emoji: "twemoji/hot-dog", size: 350, at: [-66, 20], turn: -24 },
    ],
  },
  {
    shows: "a hot dog from near by",
    background: glow("#ffb259", "#b3301f"),
    pieces: [{ emoji: "emojione/hot-dog", size: 690, turn: 18 }],
  },
  {
    shows: "a hot dog on terrazzo",
    background: terrazzo(c.cream, [c.rose, c.mustard, c.mint, c.crust, c.teal], 3),
    under: plate(c.teal, "#7fc2bb"),
    pieces: [{ emoji: "noto/hot-dog", size: 390, mirrored: true, turn: 20 }],
  },
  {
    shows: "three hot dogs at a picnic",
    background: meadow(11),
    under: napkin(c.mustard, c.paper, 7),
    pieces: [-126, -8, 110].map((y) => ({
      emoji: "emojione/hot-dog",
      size: 280,
      at: [y / 8, y],
      turn: 45,
    })),
  },
];
