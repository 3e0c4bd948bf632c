import { describe, expect, it } from "vitest";
import { confusionVotesSliced, ownLabels } from "../../src/labeling/confusion.ts";
import { dawidSkeneSliced } from "../../src/labeling/dawid-skene.ts";
import { countSliced, expectationSliced } from "../../src/labeling/mixture.ts";
import { packVotesSliced } from "../../src/labeling/packed-votes.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
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
