import { align, isInside, placeX, placeY, sample, type Placement, type Plane } from "./align.ts";
import { CHROMA_EDGE, LUMA_EDGE, type Thumbnail } from "./thumbnail.ts";

/** Highest difference of the details of near duplicates, as a share of these details. */
const MAX_DETAIL_DIFFERENCE = 0.5;
/** Highest root mean square of the difference in brightness, as a share of the details, beside what a re-encoding changes. */
const MAX_BRIGHTNESS_SHARE = 0.45;
const MAX_BRIGHTNESS_CHANGE = 1.5;
/** Highest root mean square of the difference in color. */
const MAX_COLOR_CHANGE = 5;
/** Root mean square of the details below which a picture is plain: it looks like every other of its color. */
const MIN_DETAIL = 0.6;

/** Weights of a pixel and its neighbors. They remove what a thumbnail shows of patterns finer than its pixels. */
const SMOOTHED = [0.25, 0.5, 0.25];
/** Pixels at the edges that are not looked at for details, because their surroundings are cut off. */
const EDGE = 3;
/** What differs from the mean of these pixels is a detail; gradients, vignettes and large plain areas have none. */
const SURROUNDINGS = Array.from({ length: 9 }, () => 1 / 9);

/**
 * Whether two thumbnails are of one picture: resized, encoded again, or cropped by up to 5 % of its width and of its height. Plain
 * pictures never are.
 */
export function isNearDuplicate(a: Thumbnail, b: Thumbnail): boolean {
  const picture = smooth(Float64Array.from(a.luma), SMOOTHED);
  const other = smooth(Float64Array.from(b.luma), SMOOTHED);
  const placement = align(picture, other);
  if (colorChange(a, b, placement) > MAX_COLOR_CHANGE) return false;
  const { detail, detailChange, brightnessChange } = compareBrightness(picture, other, placement);
  return (
    detail >= MIN_DETAIL &&
    detailChange <= MAX_DETAIL_DIFFERENCE * detail &&
    brightnessChange <= MAX_BRIGHTNESS_CHANGE + MAX_BRIGHTNESS_SHARE * detail
  );
}

/** Root mean squares over the pixels that both pictures show. */
function compareBrightness(picture: Plane, other: Plane, placement: Placement) {
  const placed = Float64Array.from(other, (_, at) =>
    sample(
      other,
      LUMA_EDGE,
      placeX(placement, at % LUMA_EDGE),
      placeY(placement, Math.floor(at / LUMA_EDGE)),
    ),
  );
  const around = smooth(picture, SURROUNDINGS);
  const aroundPlaced = smooth(placed, SURROUNDINGS);
  let pixels = 0;
  let changes = 0;
  let innerPixels = 0;
  let details = 0;
  let placedDetails = 0;
  let detailChanges = 0;
  for (const [at, brightness] of picture.entries()) {
    const column = at % LUMA_EDGE;
    const row = Math.floor(at / LUMA_EDGE);
    if (!isInside(placeX(placement, column)) || !isInside(placeY(placement, row))) continue;
    pixels += 1;
    changes += (brightness - (placed[at] ?? 0)) ** 2;
    if (Math.min(column, row) < EDGE || Math.max(column, row) >= LUMA_EDGE - EDGE) continue;
    const detail = brightness - (around[at] ?? 0);
    const placedDetail = (placed[at] ?? 0) - (aroundPlaced[at] ?? 0);
    innerPixels += 1;
    details += detail ** 2;
    placedDetails += placedDetail ** 2;
    detailChanges += (detail - placedDetail) ** 2;
  }
  return {
    detail: Math.sqrt(Math.sqrt(details * placedDetails) / innerPixels),
    detailChange: Math.sqrt(detailChanges / innerPixels),
    brightnessChange: Math.sqrt(changes / pixels),
  };
}

/** Root mean square of the difference in color. */
function colorChange(a: Thumbnail, b: Thumbnail, placement: Placement): number {
  const cells = CHROMA_EDGE ** 2;
  const side = LUMA_EDGE / CHROMA_EDGE;
  const middle = (side - 1) / 2;
  let changes = 0;
  for (const plane of [0, 1]) {
    const other = Float64Array.from(b.chroma.subarray(plane * cells, (plane + 1) * cells));
    for (let cell = 0; cell < cells; cell += 1) {
      const x = (placeX(placement, side * (cell % CHROMA_EDGE) + middle) - middle) / side;
      const y = (placeY(placement, side * Math.floor(cell / CHROMA_EDGE) + middle) - middle) / side;
      changes += ((a.chroma[plane * cells + cell] ?? 0) - sample(other, CHROMA_EDGE, x, y)) ** 2;
    }
  }
  return Math.sqrt(changes / (2 * cells));
}

/** Takes the weighted mean of each pixel and its neighbors, in both directions. Beyond an edge, the last pixel continues. */
function smooth(plane: Plane, weights: readonly number[]): Plane {
  return smoothRows(smoothRows(plane, weights, 1, LUMA_EDGE), weights, LUMA_EDGE, 1);
}

/** @param step from a pixel to its neighbor; @param lineStep from a line to the next */
function smoothRows(plane: Plane, weights: readonly number[], step: number, lineStep: number): Plane {
  const reach = (weights.length - 1) / 2;
  const result = new Float64Array(plane.length);
  for (let line = 0; line < LUMA_EDGE; line += 1) {
    for (let position = 0; position < LUMA_EDGE; position += 1) {
      let sum = 0;
      for (const [index, weight] of weights.entries()) {
        const neighbor = Math.min(Math.max(position + index - reach, 0), LUMA_EDGE - 1);
        sum += weight * (plane[line * lineStep + neighbor * step] ?? 0);
      }
      result[line * lineStep + position * step] = sum;
    }
  }
  return result;
}
