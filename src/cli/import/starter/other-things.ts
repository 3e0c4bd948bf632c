import { palette as c } from "./canvas.ts";
import { checkerboard, dots, fans, gingham, sprinkles, stripes, sunburst } from "./patterns.ts";
import type { Scene } from "./scene.ts";
import { meadow, planks, water } from "./surfaces.ts";
import { basket, board, napkin, plate } from "./tableware.ts";

/** Some of them long, and in bread. */
export const otherThings: readonly Scene[] = [
  {
    shows: "a taco on a plate on yellow gingham",
    background: gingham(c.amber, { angle: 45, cell: 40 }),
    under: plate(c.teal, c.mint),
    pieces: [{ emoji: "emojione/taco", size: 350, turn: 22 }],
  },
  {
    shows: "a burrito on a board",
    background: planks(["#8a5a3c", "#7d4f34", "#956547"], 5),
    under: board(c.bun),
    pieces: [{ emoji: "twemoji/burrito", size: 390, at: [-34, 0], turn: -18 }],
  },
  {
    shows: "a banana before a sunburst",
    background: sunburst([c.sky, "#98d2dd"], { turn: 0.2 }),
    pieces: [{ emoji: "fluent/banana", size: 440, turn: -8 }],
  },
  {
    shows: "a loaf of bread in a basket",
    background: stripes([c.paper, c.sky], { width: 44 }),
    under: basket(c.crust),
    pieces: [{ emoji: "fluent/baguette-bread", size: 470, turn: 33 }],
  },
  {
    shows: "an ear of corn on a plate on dots",
    background: dots("#f3cf7a", c.paper, { spacing: 76, radius: 10 }),
    under: plate(c.paper, c.relish),
    pieces: [{ emoji: "noto/ear-of-corn", size: 370, turn: 16 }],
  },
  {
    shows: "a carrot",
    background: fans("#f7c98f", "#fbdcb0", { radius: 72 }),
    pieces: [{ emoji: "noto/carrot", size: 440, turn: 38 }],
  },
  {
    shows: "a sandwich on a napkin",
    background: checkerboard([c.cream, c.relish], { cell: 58, angle: 0 }),
    under: napkin(c.paper, c.ketchup, 18),
    pieces: [{ emoji: "fluent/sandwich", size: 350 }],
  },
  {
    shows: "a canoe on the water",
    background: water(["#a5dbe0", "#84cbd3", "#62b6c1", "#47a1ad", "#348b98", "#2a7885"]),
    pieces: [{ emoji: "noto/canoe", size: 520, turn: 58 }],
  },
  {
    shows: "a croissant among sprinkles",
    background: sprinkles(c.rose, [c.paper, c.mustard, c.ketchup, c.mint], 9),
    under: plate(c.paper, c.mustard, [250, 250]),
    pieces: [{ emoji: "emojione/croissant", size: 360, turn: -20 }],
  },
  {
    shows: "a dog in the grass",
    background: meadow(4),
    pieces: [{ emoji: "emojione/dog", size: 440, mirrored: true }],
  },
];
