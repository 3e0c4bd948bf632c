import type { Mark } from "vega";
import type { Chart } from "./chart.ts";
import { FIGURE, MARGIN, MUTED, PARTS, WIDTH, type PartLook } from "./look.ts";
import { boxAt, headingAt, sizeWithin, textAt } from "./marks.ts";

const BAR = { y: 88, height: 64, corner: 10 };
/** Between parts. */
const GAP = 6;
/** So that even one of many images can be seen. */
const LEAST_WIDTH = 8;
/** In less there is no room for a share, such as "100 %". */
const WITH_SHARE = 84;
const KEY = { swatch: 180, size: 26, figure: 205, indent: 36, label: 244 };

/** How many images so many people have labelled, as one bar. */
export function coverageMarks({ title, images, parts }: Chart["coverage"]): Mark[] {
  return [...headingAt(60, title, images), ...barOf(parts), ...keyOf(parts)];
}

function barOf(parts: Chart["coverage"]["parts"]): Mark[] {
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  const shown = parts.filter(({ count }) => count > 0).length;
  const room = WIDTH - 2 * MARGIN - GAP * (shown - 1) - LEAST_WIDTH * shown;
  let next = MARGIN;
  return parts.flatMap(({ count, share }, index) => {
    if (count === 0) return [];
    const x = next;
    const width = LEAST_WIDTH + (count / all) * room;
    next += width + GAP;
    const look = lookOf(index);
    const box = boxAt({ ...BAR, x, width }, look);
    const middle = { x: x + width / 2, y: BAR.y + BAR.height / 2 + 9 };
    return width < WITH_SHARE
      ? [box]
      : [box, textAt(share, { ...middle, align: "center", bold: true, colour: look.text })];
  });
}

/** Under the bar, in the same order as its parts, so that colours are not needed to tell them. */
function keyOf(parts: Chart["coverage"]["parts"]): Mark[] {
  const { swatch, size, indent } = KEY;
  const column = (WIDTH - 2 * MARGIN) / parts.length;
  const type = sizeWithin(
    column - indent,
    parts.map(({ figure }) => figure),
    FIGURE,
  );
  return parts.flatMap(({ figure, by }, index) => {
    const x = MARGIN + index * column;
    return [
      boxAt({ x, y: swatch, width: size, height: size, corner: 6 }, lookOf(index)),
      textAt(figure, { x: x + indent, y: KEY.figure, size: type, bold: true }),
      textAt(by, { x, y: KEY.label, colour: MUTED }),
    ];
  });
}

function lookOf(part: number): PartLook {
  const look = PARTS[part];
  if (look === undefined) throw new RangeError(`the bar has no part ${part}`);
  return look;
}
