import { majorityOf } from "./majority.ts";
import type { Votes } from "./votes.ts";

/**
 * Krippendorff's alpha for nominal data: 1 where all who saw the same image say the same, 0 where they agree as often as by
 * chance, below 0 where less often. Images that one person alone has answered do not count. undefined where that leaves
 * none, or where everybody says the same of all, which shows no agreement that could be told from chance.
 * @see K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011),
 * https://repository.upenn.edu/handle/20.500.14332/2089
 */
export function krippendorffAlpha({ of }: Votes): number | undefined {
  let pairable = 0;
  let ones = 0;
  let disagreement = 0;
  for (const votes of of) {
    const counted = majorityOf(votes)?.votes;
    if (counted === undefined || votes.length < 2) continue;
    pairable += votes.length;
    ones += counted[1];
    disagreement += (2 * counted[0] * counted[1]) / (votes.length - 1);
  }
  const byChance = (2 * ones * (pairable - ones)) / (pairable - 1);
  return byChance > 0 ? 1 - disagreement / byChance : undefined;
}
