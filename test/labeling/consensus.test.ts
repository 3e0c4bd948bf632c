import { expect, it } from "vitest";
import { computeConsensus } from "../../src/labeling/consensus.ts";
import { votesOf } from "./crowd.ts";

it("the consensus has each image's votes, both labels and whether it is settled", () => {
  const { images, people, alpha } = computeConsensus(
    votesOf("b k 0", "b m 0", "a k 1", "a m 0", "c k 1", "c m 1", "c r 1", "d r 1"),
  );
  expect(images).toMatchObject([
    { image: "a", votes: { 0: 1, 1: 1 }, majority: "tie", settled: false },
    { image: "b", votes: { 0: 2, 1: 0 }, majority: 0, label: 0, settled: true },
    { image: "c", votes: { 0: 0, 1: 3 }, majority: 1, label: 1, settled: true },
    { image: "d", votes: { 0: 0, 1: 1 }, majority: 1, label: 1, settled: false },
  ]);
  expect(people.map(({ labeler, images: answered }) => [labeler, answered])).toEqual([
    ["k", 3],
    ["m", 3],
    ["r", 2],
  ]);
  // Krippendorff 2011, C: coincidences 3 zeros and 4 ones among 7 pairable values, observed disagreement 2.
  expect(alpha).toBeCloseTo(1 - (6 * 2) / (2 * 3 * 4), 10);
});
