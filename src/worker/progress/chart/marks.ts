import type { RectMark, TextEncodeEntry, TextMark } from "vega";
import { FONT, LABEL, MARGIN, MUTED, TEXT, TITLE, WIDTH, type PartLook } from "./look.ts";

interface TextLook {
  x: number;
  /** Of the baseline. */
  y: number;
  size?: number;
  colour?: string;
  bold?: boolean;
  align?: "left" | "center" | "right";
}

export function textAt(text: string, look: TextLook): TextMark {
  const { x, y, size = LABEL, colour = TEXT, bold = false, align = "left" } = look;
  return {
    type: "text",
    encode: {
      update: {
        text: { value: text },
        x: { value: x },
        y: { value: y },
        align: { value: align },
        ...font(size, bold),
        fill: { value: colour },
      },
    },
  };
}

/** A text for each row of the data, from this field of it. */
export function textsOf(data: string, field: string, update: TextEncodeEntry): TextMark {
  return {
    type: "text",
    from: { data },
    encode: { update: { ...font(LABEL, false), fill: { value: MUTED }, ...update, text: { field } } },
  };
}

export function boxAt(
  { x, y, width, height, corner }: { x: number; y: number; width: number; height: number; corner: number },
  { fill, stroke }: PartLook,
): RectMark {
  return {
    type: "rect",
    encode: {
      update: {
        // The line is drawn half inside and half outside.
        x: { value: x + 1 },
        y: { value: y + 1 },
        width: { value: width - 2 },
        height: { value: height - 2 },
        cornerRadius: { value: Math.min(corner, (width - 2) / 2) },
        fill: { value: fill },
        stroke: { value: stroke },
        strokeWidth: { value: 2 },
      },
    },
  };
}

/** Above a panel: what it is, and of what. */
export function headingAt(y: number, title: string, caption: string): TextMark[] {
  return [
    textAt(title, { x: MARGIN, y, size: TITLE, bold: true }),
    textAt(caption, { x: WIDTH - MARGIN, y, colour: MUTED, align: "right" }),
  ];
}

function font(size: number, bold: boolean): TextEncodeEntry {
  return { font: { value: FONT }, fontSize: { value: size }, fontWeight: { value: bold ? 600 : 400 } };
}

/** Width of a digit in sizes of its type, about; what parts thousands is narrower. */
const DIGIT = 0.6;

/** The size of type in which the longest of these figures is not wider than this; `most`, if that is small enough. */
export function sizeWithin(width: number, figures: readonly string[], most: number): number {
  const longest = Math.max(...figures.map(({ length }) => length));
  return Math.min(most, Math.floor(width / (longest * DIGIT)));
}
