import { describe, expect, it } from "vitest";
import { confusionVotesSliced, ownLabels } from "../../src/labeling/confusion.ts";
import { dawidSkeneSliced } from "../../src/labeling/dawid-skene.ts";
import { countSliced, expectationSliced } from "../../src/labeling/mixture.ts";
import { packVotesSliced } from "../../src/labeling/packed-votes.ts";
import { runAtOnce, type Sliced } from "../../src/labeling/sliced.ts";
import type { Votes } from "../../src/labeling/votes.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { votesOf } from "./crowd.ts";

/** People who are right with 60 to 90 % about one of six labels. */
function severalLabels(images: number, people: number): Votes {
  const random = seeded(5);
  const rows = Array.from({ length: images * 3 }, (_, row) => {
    const [image, person] = [Math.floor(row / 3), (row * 7 + Math.floor(random() * 3)) % people];
    const isRight = random() < 0.6 + (person % 4) / 10;
    return `i${image} p${person} ${isRight ? image % 6 : Math.floor(random() * 6)}`;
  });
  return votesOf(...rows);
}

function countSteps<T>(work: Sliced<T>): { result: T; steps: number } {
  for (let steps = 1; ; steps += 1) {
    const { done, value } = work.next();
    if (done === true) return { result: value, steps };
  }
}

describe("updates of the images that still move", () => {
  const packed = runAtOnce(packVotesSliced(severalLabels(600, 20), 6));
  const { probabilities, prior, converged, weights, votes, clusterLabels, iterations } = runAtOnce(
    dawidSkeneSliced(packed),
  );

  it("end where an update of all images changes nothing", () => {
    expect(converged).toBe(true);
    expect(iterations).toBeGreaterThan(10);
    const counts = runAtOnce(countSliced(packed, probabilities, 6));
    const mixture = {
      clusterLabels,
      weights: counts.images.map((count) => (count + 1) / (600 + 6)),
      votes: runAtOnce(confusionVotesSliced(counts.votes, ownLabels(6, prior))),
    };
    const { maxChange } = runAtOnce(expectationSliced(packed, mixture, probabilities.slice()));
    expect(maxChange).toBeLessThanOrEqual(1e-4);
  });

  it("leave the probability of every image as the estimate of people says", () => {
    const mixture = { clusterLabels, weights, votes };
    const { maxChange } = runAtOnce(expectationSliced(packed, mixture, probabilities.slice()));
    expect(maxChange).toBeLessThan(1e-12);
  });
});

describe("slices of an estimate", () => {
  it("are more where people have more cells, however few votes there are", () => {
    const people = 2_000;
    const votes = votesOf(...Array.from({ length: people }, (_, person) => `i p${person} ${person % 10}`));
    const { result, steps } = countSteps(dawidSkeneSliced(runAtOnce(packVotesSliced(votes, 10))));
    // A slice is at most 16,384 cells of the tables of people.
    expect(steps).toBeGreaterThan(result.iterations * ((people * 100) / 16_384));
  });
});
