import { majorityOf, type Majority } from "./majority.ts";
import type { Votes } from "./votes.ts";

/**
 * Krippendorff's alpha for nominal data: 1 where all who saw the same image say the same, 0 where they agree as often as by
 * chance, below 0 where less often. Images that one person alone has answered do not count. undefined where that leaves
 * none, or where everybody says the same of all, which shows no agreement that could be told from chance.
 * @see K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011),
 * https://repository.upenn.edu/handle/20.500.14332/2089
 */
export function krippendorffAlpha({ of }: Votes): number | undefined {
  const agreement = agreementOn();
  for (const votes of of) {
    const majority = majorityOf(votes);
    if (majority !== undefined) agreement.add(majority.votes);
  }
  return agreement.alpha();
}

/** Krippendorff's alpha, image by image, by the numbers of votes for each label. */
export function agreementOn(): { add(votes: Majority["votes"]): void; alpha(): number | undefined } {
  let pairable = 0;
  let ones = 0;
  let disagreement = 0;
  return {
    add(votes) {
      const count = votes[0] + votes[1];
      if (count < 2) return;
      pairable += count;
      ones += votes[1];
      disagreement += (2 * votes[0] * votes[1]) / (count - 1);
    },
    alpha() {
      const byChance = (2 * ones * (pairable - ones)) / (pairable - 1);
      return byChance > 0 ? 1 - disagreement / byChance : undefined;
    },
  };
}
