import type { Majority } from "./majority.ts";

/**
 * Computes Krippendorff's alpha for nominal data, one image at a time: 1 is perfect agreement, 0 is agreement by chance, below 0 is
 * worse than chance. Images that only one person has voted on do not count.
 * @see K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011),
 * https://repository.upenn.edu/handle/20.500.14332/2089
 */
export function collectAgreement() {
  /** Votes for each label, of images with at least two. */
  const pairable: number[] = [];
  let disagreement = 0;
  return {
    /** Adds the vote counts of one image. */
    add(votes: Majority["votes"]): void {
      const count = sumOf(votes);
      if (count < 2) return;
      for (let label = 0; label < votes.length; label += 1)
        pairable[label] = (pairable[label] ?? 0) + (votes[label] ?? 0);
      disagreement += differingPairs(votes, count) / (count - 1);
    },
    /**
     * Returns alpha for the images added so far, or undefined if no images are left, or if every vote is the same, because that
     * agreement could also be chance.
     */
    alpha(): number | undefined {
      const count = sumOf(pairable);
      const expected = differingPairs(pairable, count) / (count - 1);
      return expected > 0 ? 1 - disagreement / expected : undefined;
    },
  };
}

/** The number of ordered pairs of different votes. */
function differingPairs(votes: readonly number[], count: number): number {
  let pairs = 0;
  for (const given of votes) pairs += given * (count - given);
  return pairs;
}

function sumOf(counts: readonly number[]): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
