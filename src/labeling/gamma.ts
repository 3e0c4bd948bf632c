/** From here on, the asymptotic series below are exact to about 12 digits. */
const SERIES_START = 8;

/**
 * The logarithm of the gamma function, for positive x.
 * @see https://dlmf.nist.gov/5.11.E1, Stirling's series, and https://dlmf.nist.gov/5.5.E1, the recurrence
 */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  for (; shifted < SERIES_START; shifted += 1) product *= shifted;
  const inverse = 1 / shifted;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680))));
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + series - Math.log(product)
  );
}

/**
 * The derivative of `logGamma`, for positive x.
 * @see https://dlmf.nist.gov/5.11.E2 and https://dlmf.nist.gov/5.5.E2
 */
export function digamma(x: number): number {
  let correction = 0;
  let shifted = x;
  for (; shifted < SERIES_START; shifted += 1) correction += 1 / shifted;
  const inverse = 1 / shifted;
  const square = inverse * inverse;
  const series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240))));
  return Math.log(shifted) - inverse / 2 - series - correction;
}

/** How much the log probability of a pseudo-count grows with a count: the logarithm of Γ(count + pseudo-count) / Γ(pseudo-count). */
export function logRise(count: number, pseudoCount: number): number {
  return count > 0 ? logGamma(count + pseudoCount) - logGamma(pseudoCount) : 0;
}
