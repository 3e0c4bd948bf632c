import { HEIGHT, WIDTH } from "./canvas.ts";
import type { EmojiName, FindEmoji } from "./emoji.ts";

interface Piece {
  emoji: EmojiName;
  /** Edge of the square it is drawn in, in pixels. */
  size: number;
  /** From the middle of the canvas, in pixels. */
  at?: readonly [x: number, y: number];
  /** Degrees, clockwise. */
  turn?: number;
  mirrored?: boolean;
}

export interface Scene {
  /** For people: what is in the picture. */
  shows: string;
  background: string;
  /** What the food lies on. */
  under?: string;
  pieces: readonly Piece[];
}

/** The scene as an SVG document. Light falls from the upper left. */
export function drawn({ background, under, pieces }: Scene, find: FindEmoji): string {
  const tableware = under === undefined ? "" : `<g filter="url(#shadow)">${under}</g>`;
  const food = pieces.map((piece) => `<g filter="url(#shadow)">${placed(piece, find)}</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
${LIGHT}
${background}
${tableware}
${food.join("\n")}
<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#light)"/>
</svg>
`;
}

/** The shadow in single steps: librsvg takes a third longer for feDropShadow. */
const LIGHT = `<defs>
<filter id="shadow" x="-.13" y="-.1" width="1.32" height="1.32" color-interpolation-filters="sRGB">
<feGaussianBlur in="SourceAlpha" stdDeviation="11"/><feOffset dx="7" dy="14" result="cast"/>
<feFlood flood-color="#3b1d0a" flood-opacity=".42"/><feComposite in2="cast" operator="in"/>
<feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge>
</filter>
<radialGradient id="light" cx=".38" cy=".3" r=".85">
<stop offset="0" stop-color="#fff" stop-opacity=".13"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/>
<stop offset=".55" stop-color="#3b1d0a" stop-opacity="0"/><stop offset="1" stop-color="#3b1d0a" stop-opacity=".3"/>
</radialGradient>
</defs>`;

function placed(
  { emoji, size, at: [x, y] = [0, 0], turn = 0, mirrored = false }: Piece,
  find: FindEmoji,
): string {
  const { body, width, height } = find(emoji);
  const scale = size / Math.max(width, height);
  const transform = [
    `translate(${WIDTH / 2 + x} ${HEIGHT / 2 + y})`,
    `rotate(${turn})`,
    `scale(${mirrored ? -scale : scale} ${scale})`,
    `translate(${-width / 2} ${-height / 2})`,
  ];
  return `<g transform="${transform.join(" ")}">${body}</g>`;
}
