import { logGamma } from "../../src/labeling/gamma.ts";
import type { Votes } from "../../src/labeling/votes.ts";

const prior = (label: number, given: number): number => (label === given ? 4 : 1);

/** Two-coin Dawid–Skene with the prior 4:1, written as in the textbook, with objects and closures. @returns the probability of 1 */
export function slowDawidSkene({ byImage, people }: Votes): number[] {
  let ones = byImage.map((votes) => votes.filter(({ label }) => label === 1).length / votes.length);
  for (let iteration = 0; iteration < 400; iteration += 1) {
    const share = (image: number, label: number): number =>
      label === 1 ? (ones[image] ?? 0) : 1 - (ones[image] ?? 0);
    const table = people.map((_, person) =>
      [0, 1].map((truth) => {
        const counts = [0, 1].map((given) =>
          byImage
            .map((votes, image) =>
              votes.some((vote) => vote.person === person && vote.label === given) ? share(image, truth) : 0,
            )
            .reduce((sum, value) => sum + value, prior(truth, given)),
        );
        return counts.map((count) => count / ((counts[0] ?? 0) + (counts[1] ?? 0)));
      }),
    );
    const weight = (label: number): number =>
      (byImage.reduce((sum, _, image) => sum + share(image, label), 0) + 1) / (byImage.length + 2);
    ones = byImage.map((votes) => {
      const [zero = 0, one = 0] = [0, 1].map((truth) =>
        votes.reduce(
          (odds, { person, label }) => odds * (table[person]?.[truth]?.[label] ?? 0),
          weight(truth),
        ),
      );
      return one / (zero + one);
    });
  }
  return ones;
}

/**
 * The exact posterior of two labels with the given subtypes and the prior 4:1: a sum over every way to put the images into
 * clusters, with people and weights integrated out.
 * @param clusterLabels the label of each cluster
 * @returns the log probability of the votes, and the probability that each image has the label 1
 */
export function exactPosterior(
  { byImage, people }: Votes,
  clusterLabels: readonly number[],
): { evidence: number; ones: number[] } {
  const clusters = clusterLabels.length;
  const images = byImage.length;
  const terms = Array.from({ length: clusters ** images }, (_, code) => {
    const clusterOf = byImage.map((_, image) => Math.floor(code / clusters ** image) % clusters);
    const inCluster = clusterLabels.map((_, cluster) => clusterOf.filter((one) => one === cluster).length);
    const withLabel = [0, 1].map((label) => clusterOf.filter((one) => clusterLabels[one] === label).length);
    let log = dirichletRatio(withLabel, [1, 1]);
    for (const label of [0, 1]) {
      const own = inCluster.filter((_, cluster) => clusterLabels[cluster] === label);
      log += dirichletRatio(
        own,
        own.map(() => 1),
      );
    }
    for (const [cluster, truth] of clusterLabels.entries())
      for (const person of people.keys()) {
        const counts = [0, 1].map(
          (given) =>
            byImage.filter(
              (votes, image) =>
                clusterOf[image] === cluster &&
                votes.some((vote) => vote.person === person && vote.label === given),
            ).length,
        );
        log += dirichletRatio(counts, [prior(truth, 0), prior(truth, 1)]);
      }
    return { log, clusterOf };
  });
  const highest = Math.max(...terms.map(({ log }) => log));
  const total = terms.reduce((sum, { log }) => sum + Math.exp(log - highest), 0);
  const ones = byImage.map(
    (_, image) =>
      terms
        .filter(({ clusterOf }) => clusterLabels[clusterOf[image] ?? 0] === 1)
        .reduce((sum, { log }) => sum + Math.exp(log - highest), 0) / total,
  );
  return { evidence: highest + Math.log(total), ones };
}

/** The log probability of counts in one order, with a Dirichlet prior. */
function dirichletRatio(counts: readonly number[], pseudo: readonly number[]): number {
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const cells = counts.map(
    (count, index) => logGamma(count + (pseudo[index] ?? 0)) - logGamma(pseudo[index] ?? 0),
  );
  return sum(cells) + logGamma(sum(pseudo)) - logGamma(sum(pseudo) + sum(counts));
}
