import { logGamma } from "../../src/labeling/gamma.ts";
import type { Votes } from "../../src/labeling/votes.ts";

const prior = (label: number, given: number): number => (label === given ? 4 : 1);

/**
 * Two-coin Dawid–Skene with the prior 4:1, written as in the textbook, with objects and closures. Gold images have their label, and
 * do not count for how frequent it is. If there are any, people may be careless.
 * @returns the probability of 1
 */
export function slowDawidSkene({ byImage, people, gold }: Votes): number[] {
  let ones = byImage.map(
    (votes, image) => gold.get(image) ?? votes.filter(({ label }) => label === 1).length / votes.length,
  );
  for (let iteration = 0; iteration < 400; iteration += 1) {
    const share = (image: number, label: number): number =>
      label === 1 ? (ones[image] ?? 0) : 1 - (ones[image] ?? 0);
    const table = people.map((_, person) => {
      const rows = [0, 1].map((truth) =>
        [0, 1].map((given) =>
          byImage
            .map((votes, image) =>
              votes.some((vote) => vote.person === person && vote.label === given) ? share(image, truth) : 0,
            )
            .reduce((sum, value) => sum + value, 0),
        ),
      );
      return gold.size > 0 ? blendedTable(rows) : tableOf(rows);
    });
    const weight = (label: number): number =>
      (byImage.reduce((sum, _, image) => sum + (gold.has(image) ? 0 : share(image, label)), 0) + 1) /
      (byImage.length - gold.size + 2);
    ones = byImage.map((votes, index) => {
      const known = gold.get(index);
      if (known !== undefined) return known;
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

const normalized = (values: readonly number[]): number[] => {
  const sum = values.reduce((all, value) => all + value, 0);
  return values.map((value) => value / sum);
};

/** @param rows a person's expected votes for images of each label */
const tableOf = (rows: readonly (readonly number[])[]): number[][] =>
  rows.map((row, truth) => normalized(row.map((count, given) => count + prior(truth, given))));

/** The mean over two kinds of people, of whom one in ten answers without looking. */
function blendedTable(rows: readonly (readonly number[])[]): number[][] {
  const given = [0, 1].map((label) => rows.reduce((sum, row) => sum + (row[label] ?? 0), 0));
  const looking = rows.reduce(
    (sum, row, truth) => sum + dirichletRatio(row, [prior(truth, 0), prior(truth, 1)]),
    Math.log(0.9),
  );
  const careless = dirichletRatio(given, [1, 1]) + Math.log(0.1);
  const weight = 1 / (1 + Math.exp(looking - careless));
  const row = normalized(given.map((count) => count + 1));
  return tableOf(rows).map((own) =>
    own.map((value, label) => (1 - weight) * value + weight * (row[label] ?? 0)),
  );
}

/**
 * The exact posterior of two labels with the given subtypes and the prior 4:1: a sum over every way to put the images into
 * clusters, gold images into those of their label, with people and weights integrated out.
 * @param clusterLabels the label of each cluster
 * @returns the log probability of the votes, and the probability that each image has the label 1
 */
export function exactPosterior(
  { byImage, people, gold }: Votes,
  clusterLabels: readonly number[],
): { evidence: number; ones: number[] } {
  const clusters = clusterLabels.length;
  const images = byImage.length;
  const codes = Array.from({ length: clusters ** images }, (_, code) =>
    byImage.map((__, image) => Math.floor(code / clusters ** image) % clusters),
  ).filter((clusterOf) =>
    [...gold].every(([image, label]) => clusterLabels[clusterOf[image] ?? 0] === label),
  );
  const terms = codes.map((clusterOf) => {
    const inCluster = clusterLabels.map((_, cluster) => clusterOf.filter((one) => one === cluster).length);
    const withLabel = [0, 1].map(
      (label) => clusterOf.filter((one, image) => !gold.has(image) && clusterLabels[one] === label).length,
    );
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
