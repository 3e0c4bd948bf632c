import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { chooseModel } from "../../src/export/choose-model.ts";
import { dawidSkeneSliced } from "../../src/labeling/dawid-skene.ts";
import { packVotesSliced } from "../../src/labeling/packed-votes.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { medianFigure, worstFigure, type Figure } from "../harness/figures.ts";
import { accuracy, likeliestLabels, majorityLabels } from "./accuracy.ts";
import { confusedCrowd, fooledCrowd, independentCrowd, type LabeledVotes } from "./crowds.ts";

const SEEDS = [1, 2, 3];
const IMAGES = 2_000;
const HUNDRED_THOUSAND = 20_000;
const MILLION = 200_000;
const MS = 1_000;

/** Measures how long both consensuses take. */
export async function timeFigures(): Promise<Figure[]> {
  return [
    ...(await timesFor("100,000 answers", HUNDRED_THOUSAND, { live: 0.3, model: 6 })),
    ...(await timesFor("a million answers", MILLION, { live: 3, model: 90 })),
  ];
}

/** Measures how far both consensuses are right on simulated crowds. */
export async function accuracyFigures(): Promise<Figure[]> {
  return [
    ...(await accuracyOf("independent people", (seed) => independentCrowd(seed, IMAGES, { people: 40 }))),
    ...(await accuracyOf("five answers per person", (seed) =>
      independentCrowd(seed, IMAGES, { people: 2_000 }),
    )),
    ...(await accuracyOf("people fooled together", (seed) => fooledCrowd(seed, IMAGES))),
    ...(await accuracyOf("five labels", (seed) => independentCrowd(seed, IMAGES, { people: 40, labels: 5 }))),
    ...(await accuracyOf("five labels, two confused", (seed) => confusedCrowd(seed, IMAGES))),
  ];
}

async function timesFor(
  size: string,
  images: number,
  limits: { live: number; model: number },
): Promise<Figure[]> {
  const { votes, labels } = independentCrowd(1, images);
  const started = performance.now();
  const packed = runAtOnce(packVotesSliced(votes, labels));
  runAtOnce(dawidSkeneSliced(packed));
  const live = (performance.now() - started) / MS;
  // A sample of every millisecond. The first ones still see the synchronous work above.
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await setTimeout(100);
  delay.enable();
  const choosing = performance.now();
  await chooseModel(packed, () => {});
  const seconds = (performance.now() - choosing) / MS;
  delay.disable();
  return [
    medianFigure(`live consensus of ${size}`, [live], "s", { atMost: limits.live }),
    medianFigure(`export model of ${size}`, [seconds], "s", { atMost: limits.model }),
    worstFigure(`pause of other work meanwhile, ${size}, p99`, [delay.percentile(99) / 1e6], "ms", 10),
  ];
}

/** Points by which the export may be below the live consensus on a simulated crowd, by chance. */
const MAX_LOSS = -0.3;

async function accuracyOf(crowd: string, plant: (seed: number) => LabeledVotes): Promise<Figure[]> {
  const rounds: { majority: number; live: number; model: number }[] = [];
  for (const seed of SEEDS) {
    const { votes, truth, labels } = plant(seed);
    const packed = runAtOnce(packVotesSliced(votes, labels));
    const percent = (probabilities: Float64Array): number =>
      accuracy(likeliestLabels(probabilities, labels), truth) * 100;
    rounds.push({
      majority: accuracy(majorityLabels(votes, labels), truth) * 100,
      live: percent(runAtOnce(dawidSkeneSliced(packed)).probabilities),
      model: percent((await chooseModel(packed, () => {})).probabilities),
    });
  }
  const figure = (
    name: string,
    pick: (round: (typeof rounds)[number]) => number,
    goal?: { atLeast: number },
  ) => medianFigure(`${name}, ${crowd}`, rounds.map(pick), goal === undefined ? "%" : "points", goal);
  return [
    figure("accuracy of the majority", ({ majority }) => majority),
    figure("accuracy of the live consensus", ({ live }) => live),
    figure("accuracy of the export", ({ model }) => model),
    figure("export above majority", ({ model, majority }) => model - majority, { atLeast: 0 }),
    figure("export above live", ({ model, live }) => model - live, { atLeast: MAX_LOSS }),
  ];
}
