import { availableParallelism } from "node:os";
import { describeCores, type CoresInUse } from "../harness/cpu-usage.ts";
import { figuresFrom, medianFigure, percentile, worstFigure, type Figure } from "../harness/figures.ts";

/** What people do to label some images, and what the worker needs for it. */
export interface Session {
  /** Milliseconds from each command to its images. */
  shown: readonly number[];
  /** Milliseconds until each answer is confirmed. In `/label`, the next image is the confirmation. */
  confirmed: readonly number[];
  images: number;
  actions: number;
  /** Number of messages that are left. */
  messages: number;
  /** CPU milliseconds of the worker per image. */
  cpu: number;
}

/** Results of one round of the benchmark. */
export interface Round {
  /** One person with `/label`. */
  alone: Session;
  /** Three people with `/hotdog`. */
  hotdog: Session;
  /** Milliseconds of one PUT and one edit with a picture. */
  limit: readonly number[];
  crowd: {
    /** Milliseconds from a press to the next image. */
    times: readonly number[];
    perSecond: number;
    /** The share of pictures that were in the worker's cache. */
    hitRate: number;
    /** CPU milliseconds of the worker per image. */
    cpu: number;
    cores: CoresInUse;
  };
}

/** Percentiles are taken per round, so that the median ignores a round in which the machine paused. */
export function labelingFigures(measured: readonly Round[]): Figure[] {
  return [
    ...ratioFigures(measured),
    ...timeFigures(measured),
    ...effortFigures(measured),
    coresFigure(measured),
  ];
}

function ratioFigures(measured: readonly Round[]): Figure[] {
  const line = figuresFrom(measured);
  const ratio = (name: string, pick: (session: Session) => number): Figure =>
    line(`${name}, /label ÷ /hotdog`, ({ alone, hotdog }) => pick(alone) / pick(hotdog), "×");
  return [
    line(
      "press to next image ÷ limit, p50",
      ({ alone, limit }) => percentile(alone.confirmed, 0.5) / percentile(limit, 0.5),
      "×",
    ),
    ratio("waiting per image", waitPerImage),
    ratio("actions per image", ({ actions, images }) => actions / images),
    ratio("worker CPU per image", ({ cpu }) => cpu),
  ];
}

function timeFigures(measured: readonly Round[]): Figure[] {
  const line = figuresFrom(measured);
  return [
    line("limit: one PUT, one edit with a picture, p50", ({ limit }) => percentile(limit, 0.5), "ms"),
    ...timesOf("/label, one person, press to next image", ({ alone }) => alone.confirmed, {
      p50: 250,
      p95: 450,
    }),
    ...timesOf("/label, 100 people, press to next image", ({ crowd }) => crowd.times, { p95: 900 }),
    line("/label, 100 people, presses", ({ crowd }) => crowd.perSecond, "/s"),
    line("/label, 100 people, pictures from the cache", ({ crowd }) => 100 * crowd.hitRate, "%"),
    ...timesOf("/hotdog, command to images", ({ hotdog }) => hotdog.shown),
    ...timesOf("/hotdog, press to confirmation", ({ hotdog }) => hotdog.confirmed),
  ];

  function timesOf(
    name: string,
    pick: (round: Round) => readonly number[],
    goals: { p50?: number; p95?: number } = {},
  ): Figure[] {
    const at = (share: number, atMost?: number): Figure =>
      line(
        `${name}, p${100 * share}`,
        (round) => percentile(pick(round), share),
        "ms",
        atMost === undefined ? {} : { atMost },
      );
    return [at(0.5, goals.p50), at(0.95, goals.p95)];
  }
}

function effortFigures(measured: readonly Round[]): Figure[] {
  const line = figuresFrom(measured);
  const [longest] = measured.map(({ alone }) => alone).toSorted((a, b) => b.images - a.images);
  const actions = longest === undefined ? Number.NaN : actionsPer100(longest);
  return [
    medianFigure("/label, actions per 100 images", [actions], "actions", { atMost: 104 }),
    line("/hotdog, actions per 100 images", ({ hotdog }) => actionsPer100(hotdog), "actions"),
    worstFigure(
      "/label, messages left, worst round",
      measured.map(({ alone }) => alone.messages),
      "messages",
      1,
    ),
    line("/hotdog, messages left per 100 images", ({ hotdog }) => messagesPer100(hotdog), "messages"),
    line("/label, one person, worker CPU", ({ alone }) => alone.cpu, "ms/image"),
    line("/label, 100 people, worker CPU", ({ crowd }) => crowd.cpu, "ms/image"),
    line("/hotdog, worker CPU", ({ hotdog }) => hotdog.cpu, "ms/image"),
  ];
}

/** Shows how much of the machine others used. The breakdown is of the last round. */
function coresFigure(measured: readonly Round[]): Figure {
  const line = figuresFrom(measured);
  const last = measured.at(-1)?.crowd.cores;
  return {
    ...line(
      "/label, 100 people, cores in use",
      ({ crowd }) => crowd.cores.all,
      `of ${availableParallelism()}`,
    ),
    ...(last && { note: describeCores(last) }),
  };
}

function actionsPer100({ actions, images }: Session): number {
  return (100 * actions) / images;
}

function messagesPer100({ messages, images }: Session): number {
  return (100 * messages) / images;
}

/** Milliseconds. */
function waitPerImage({ shown, confirmed, images }: Session): number {
  return [...shown, ...confirmed].reduce((sum, time) => sum + time, 0) / images;
}
