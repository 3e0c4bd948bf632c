/** Of the layout, in which all sizes are given. Narrow, for a phone shows the whole at about a third of it. */
export const WIDTH = 760;
export const HEIGHT = 600;
export const MARGIN = 40;

export const FONT = "Inter";
/** Sizes of type. */
export const TITLE = 34;
export const FIGURE = 36;
export const LABEL = 26;

/** A ground of its own, so that it reads the same in Discord's dark and light themes. */
export const GROUND = "#1e1f22";
export const TEXT = "#f2f3f5";
export const MUTED = "#b5bac1";
export const LINE = "#3f4147";

/** How a part of the bar is drawn, and the text on it. */
export interface PartLook {
  fill: string;
  stroke: string;
  text: string;
}

/** From bright to dark, and hollow for nobody: a ramp of lightness, which no colour blindness takes away. */
export const PARTS: readonly PartLook[] = [
  { fill: "#ffd24a", stroke: "#ffd24a", text: GROUND },
  { fill: "#c8960c", stroke: "#c8960c", text: GROUND },
  { fill: "#7d5f10", stroke: "#7d5f10", text: TEXT },
  { fill: GROUND, stroke: "#80848e", text: MUTED },
];

/**
 * Of the palette that everybody can tell apart.
 * @see M. Okabe and K. Ito, Color Universal Design (2002), https://jfly.uni-koeln.de/color/
 */
export const SKY_BLUE = "#56b4e9";
