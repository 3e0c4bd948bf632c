import type { Spec } from "vega";
import type { Chart } from "./chart.ts";
import { coverageMarks } from "./coverage.ts";
import { GROUND, HEIGHT, WIDTH } from "./look.ts";
import { perDayMarks } from "./per-day.ts";

/** The picture for Vega. All places are given, so nothing depends on how wide a machine thinks that a text is. */
export function specOf({ coverage, perDay }: Chart): Spec {
  return {
    width: WIDTH,
    height: HEIGHT,
    padding: 0,
    autosize: "none",
    background: GROUND,
    marks: [...coverageMarks(coverage), ...perDayMarks(perDay)],
  };
}
