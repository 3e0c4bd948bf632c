import type { Mark, RectMark, RuleMark, TextEncodeEntry } from "vega";
import { DAYS } from "../../../labeling/progress.ts";
import type { Chart } from "./chart.ts";
import { GROUND, LABEL, LINE, MARGIN, MUTED, SKY_BLUE, TEXT, WIDTH } from "./look.ts";
import { headingAt, sizeWithin, textAt, textsOf } from "./marks.ts";

/** Where the bars are. */
const PLOT = { x: 132, y: 360, height: 164 };
const PLOT_WIDTH = WIDTH - MARGIN - PLOT.x;
/** Between dates on the axis. */
const WEEK = 7;

/** A bar for each day, the highest with its figure, every seventh with its date, back from today. */
export function perDayMarks({ title, last, days, most, ticks, none }: Chart["perDay"]): Mark[] {
  const values = days.map((day, index) => ({ ...day, index }));
  const today = days.length - 1;
  const size = { width: { value: PLOT_WIDTH }, height: { value: PLOT.height } };
  const plot: Mark = {
    type: "group",
    encode: { update: { x: { value: PLOT.x }, y: { value: PLOT.y }, ...size } },
    data: [
      { name: "days", values },
      { name: "ticks", values: [...ticks] },
      { name: "most", values: values.filter(({ day }) => day === most?.day) },
      { name: "dates", values: values.filter(({ index }) => index < today && (today - index) % WEEK === 0) },
      { name: "today", values: values.slice(today) },
    ],
    scales: [
      {
        name: "day",
        type: "band",
        domain: { data: "days", field: "index" },
        range: [0, PLOT_WIDTH],
        padding: 0.25,
      },
      {
        name: "answers",
        type: "linear",
        domain: { data: "ticks", field: "value" },
        range: [PLOT.height, 0],
      },
    ],
    marks:
      most === undefined ? [nothing(none)] : [LINES, figuresOf(ticks), BARS, MOST_GROUND, MOST, DATES, TODAY],
  };
  return [...headingAt(316, title, last), plot];
}

const middleOfDay = { scale: "day", field: "index", band: 0.5 };

const LINES: RuleMark = {
  type: "rule",
  from: { data: "ticks" },
  encode: {
    update: {
      x: { value: 0 },
      x2: { value: PLOT_WIDTH },
      y: { scale: "answers", field: "value" },
      stroke: { value: LINE },
      strokeWidth: { value: 2 },
    },
  },
};

/** Of the lines. */
function figuresOf(ticks: Chart["perDay"]["ticks"]): Mark {
  const written = ticks.map(({ figure }) => figure);
  const gap = 16;
  return textsOf("ticks", "figure", {
    x: { value: -gap },
    y: { scale: "answers", field: "value", offset: 9 },
    align: { value: "right" },
    fontSize: { value: sizeWithin(PLOT.x - gap - MARGIN / 2, written, LABEL) },
  });
}

const BARS: RectMark = {
  type: "rect",
  from: { data: "days" },
  encode: {
    update: {
      x: { scale: "day", field: "index" },
      width: { scale: "day", band: 1 },
      y: { scale: "answers", field: "answers" },
      y2: { scale: "answers", value: 0 },
      fill: { value: SKY_BLUE },
      cornerRadiusTopLeft: { value: 4 },
      cornerRadiusTopRight: { value: 4 },
    },
  },
};

const aboveBar: TextEncodeEntry = {
  x: { ...middleOfDay, offset: { signal: atEnds(-12, 12, 0) } },
  y: { scale: "answers", field: "answers", offset: -12 },
  // Above the first and last bars there is room to one side only.
  align: { signal: atEnds("'left'", "'right'", "'center'") },
  fontWeight: { value: 600 },
};

/** Keeps the lines away from the figure. */
const MOST_GROUND = textsOf("most", "figure", {
  ...aboveBar,
  stroke: { value: GROUND },
  strokeWidth: { value: 12 },
  strokeJoin: { value: "round" },
});

const MOST = textsOf("most", "figure", { ...aboveBar, fill: { value: TEXT } });

const DATES = textsOf("dates", "day", {
  x: middleOfDay,
  y: { value: PLOT.height + 42 },
  align: { value: "center" },
});

/** Today's, which would otherwise reach beyond the others. */
const TODAY = textsOf("today", "day", {
  x: { value: PLOT_WIDTH },
  y: { value: PLOT.height + 42 },
  align: { value: "right" },
});

/** An expression of Vega: one of these for the first two days, the last two, and those between. */
function atEnds<T extends string | number>(first: T, last: T, between: T): string {
  return `datum.index < 2 ? ${first} : datum.index > ${DAYS - 3} ? ${last} : ${between}`;
}

function nothing(text: string): Mark {
  return textAt(text, { x: PLOT_WIDTH / 2, y: PLOT.height / 2 + 9, align: "center", colour: MUTED });
}
