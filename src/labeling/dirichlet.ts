/** Returns a number from 0 up to, not including, 1. */
export type RandomNumber = () => number;

/** Samples shares that sum up to 1 from a Dirichlet distribution. @param shapes its parameters, each above 0 */
export function sampleDirichlet(shapes: readonly number[], random: RandomNumber): number[] {
  const values = shapes.map((shape) => sampleGamma(shape, random));
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (sum > 0 ? value / sum : 1 / values.length));
}

/**
 * Samples from a gamma distribution of scale 1.
 * @see G. Marsaglia and W. W. Tsang, A Simple Method for Generating Gamma Variables (2000), https://doi.org/10.1145/358407.358414
 */
function sampleGamma(shape: number, random: RandomNumber): number {
  if (shape < 1) return sampleGamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = sampleNormal(random);
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** The Box–Muller transform. */
function sampleNormal(random: RandomNumber): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
