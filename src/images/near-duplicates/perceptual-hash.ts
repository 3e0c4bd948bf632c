import { LUMA_EDGE, type Thumbnail } from "./thumbnail.ts";

/** A perceptual hash of 64 bits. */
export interface PerceptualHash {
  /** Bits 0 to 31, the highest first, as an unsigned number. */
  high: number;
  /** Bits 32 to 63. */
  low: number;
}

/** A hash that a near duplicate may have, and how certain its bits are. */
export interface HashProbe extends PerceptualHash {
  /**
   * For each bit, its share in the sum of all weights, which are square roots of amplitudes. A re-encoding or a crop changes bits with
   * small amplitudes. Their square roots tell pictures apart better, because a few low frequencies have most of the amplitude.
   */
  weights: Float64Array;
}

/** Number of bits of a hash. */
export const HASH_BITS = 64;

/** A part of a thumbnail's width or height, of which the whole is from 0 to 1. Beyond an edge, the last pixel continues. */
type Span = readonly [from: number, to: number];

const WHOLE: Span = [0, 1];
/** Somewhat less than the 5 % that is found, so that smaller crops are near one of the spans, too. */
const CROP = 0.04;
/** The picture as others may have cropped it, and as it may have been before it was cropped. */
const CROPS: readonly Span[] = [
  [CROP, 1],
  [0, 1 - CROP],
  [-CROP, 1],
  [0, 1 + CROP],
];

/** Number of frequencies in each direction. */
const FREQUENCIES = 11;
/** The 64 lowest frequencies, without the mean. They are dealt to the four quarters of the hash, so that each has low and high ones. */
const BITS: readonly (readonly [row: number, column: number])[] = Array.from(
  { length: FREQUENCIES ** 2 },
  (_, index) => [Math.floor(index / FREQUENCIES), index % FREQUENCIES] as const,
)
  .slice(1)
  .toSorted(([aRow, aColumn], [bRow, bColumn]) => aRow ** 2 + aColumn ** 2 - bRow ** 2 - bColumn ** 2)
  .slice(0, HASH_BITS)
  .map((frequency, index) => ({ frequency, quarter: index % 4 }))
  .toSorted((a, b) => a.quarter - b.quarter)
  .map(({ frequency }) => frequency);

/** For each frequency, the weight of each pixel of a line. */
type Basis = readonly Float64Array[];

const WHOLE_BASIS = cosinesOf(WHOLE);
const CROP_BASES = CROPS.map(cosinesOf);

/** The cosines of a span, by the thumbnail's pixels. Between two pixels, their mean counts. */
function cosinesOf([from, to]: Span): Basis {
  return Array.from({ length: FREQUENCIES }, (_, frequency) => {
    const weights = new Float64Array(LUMA_EDGE);
    const add = (pixel: number, weight: number): void => {
      const known = Math.min(Math.max(pixel, 0), LUMA_EDGE - 1);
      weights[known] = (weights[known] ?? 0) + weight;
    };
    for (let sample = 0; sample < LUMA_EDGE; sample += 1) {
      const position = (sample + 0.5) / LUMA_EDGE;
      const cosine = Math.cos(Math.PI * frequency * position);
      const at = (from + (to - from) * position) * LUMA_EDGE - 0.5;
      const left = Math.floor(at);
      add(left, cosine * (left + 1 - at));
      add(left + 1, cosine * (at - left));
    }
    return weights;
  });
}

/** The hash of a thumbnail: the signs of its lowest frequencies in a discrete cosine transform. */
export function perceptualHash({ luma }: Thumbnail): PerceptualHash {
  const { high, low } = probe(transform(luma, WHOLE_BASIS), WHOLE_BASIS);
  return { high, low };
}

/**
 * Hashes near which the hash of a near duplicate is, the thumbnail's own first. They include crops, because a crop of 5 % changes a
 * third of the bits.
 */
export function hashProbes({ luma }: Thumbnail): HashProbe[] {
  const columns = transform(luma, WHOLE_BASIS);
  return [
    probe(columns, WHOLE_BASIS),
    ...CROP_BASES.map((basis) => probe(columns, basis)),
    ...CROP_BASES.map((basis) => probe(transform(luma, basis), WHOLE_BASIS)),
  ];
}

/** For each frequency, its amplitude in each row. */
function transform(luma: Uint8Array, basis: Basis): Float64Array[] {
  return basis.map((weights) => {
    const amplitudes = new Float64Array(LUMA_EDGE);
    for (let row = 0; row < LUMA_EDGE; row += 1) {
      let sum = 0;
      for (let column = 0; column < LUMA_EDGE; column += 1)
        sum += (weights[column] ?? 0) * (luma[row * LUMA_EDGE + column] ?? 0);
      amplitudes[row] = sum;
    }
    return amplitudes;
  });
}

function probe(columns: readonly Float64Array[], basis: Basis): HashProbe {
  const weights = new Float64Array(HASH_BITS);
  const halves = new Uint32Array(2);
  let total = 0;
  for (const [bit, [row, column]] of BITS.entries()) {
    const cosines = basis[row];
    const amplitudes = columns[column];
    let sum = 0;
    for (let at = 0; at < LUMA_EDGE; at += 1) sum += (cosines?.[at] ?? 0) * (amplitudes?.[at] ?? 0);
    // Rounded, so that a plain picture has the same hash on every machine.
    const amplitude = Math.round(sum);
    const half = Math.floor(bit / 32);
    if (amplitude > 0) halves[half] = (halves[half] ?? 0) | (1 << (31 - (bit % 32)));
    weights[bit] = Math.sqrt(Math.abs(amplitude));
    total += weights[bit] ?? 0;
  }
  const [high = 0, low = 0] = halves;
  return { high, low, weights: weights.map((weight) => weight / Math.max(total, 1)) };
}

const HEX = /^[0-9a-f]{16}$/;

/** A hash as 16 hexadecimal digits. */
export function formatHash({ high, low }: PerceptualHash): string {
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}

/** Reads what `formatHash` wrote. Returns undefined for anything else. */
export function parseHash(text: string): PerceptualHash | undefined {
  if (!HEX.test(text)) return undefined;
  return { high: Number.parseInt(text.slice(0, 8), 16), low: Number.parseInt(text.slice(8), 16) };
}
