import { findMajority, type Majority, type Votes } from "./votes.ts";

/**
 * Computes Krippendorff's alpha for nominal data: 1 is perfect agreement, 0 is agreement by chance, below 0 is worse than
 * chance. Images that only one person has answered do not count. Returns undefined if no images are left, or if every vote
 * is the same, because that agreement could also be chance.
 * @see K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011),
 * https://repository.upenn.edu/handle/20.500.14332/2089
 */
export function krippendorffAlpha({ byImage }: Votes): number | undefined {
  const collector = collectAgreement();
  for (const votes of byImage) {
    const majority = findMajority(votes);
    if (majority !== undefined) collector.add(majority.votes);
  }
  return collector.alpha();
}

/** Computes Krippendorff's alpha incrementally, one image at a time. */
export function collectAgreement() {
  let pairable = 0;
  let ones = 0;
  let disagreement = 0;
  return {
    /** Adds the vote counts of one image. */
    add(votes: Majority["votes"]): void {
      const count = votes[0] + votes[1];
      if (count < 2) return;
      pairable += count;
      ones += votes[1];
      disagreement += (2 * votes[0] * votes[1]) / (count - 1);
    },
    /** Returns alpha for the images added so far. */
    alpha(): number | undefined {
      const expected = (2 * ones * (pairable - ones)) / (pairable - 1);
      return expected > 0 ? 1 - disagreement / expected : undefined;
    },
  };
}
