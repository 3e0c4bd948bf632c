import { aligner, isInside, placeX, placeY, SAME_PLACE, type Placement } from "./align.ts";
import { meanAround, sample, smooth, type Plane } from "./plane.ts";
import { CHROMA_EDGE, LUMA_EDGE, type Thumbnail } from "./thumbnail.ts";

/** How two thumbnails differ. All values are root mean squares over what both show, from 0 to 255. */
export interface ThumbnailDifference extends ColorDifference {
  /** How far the brightness is from the mean around it, in both thumbnails: their geometric mean. */
  detail: number;
  /** The difference of these details. */
  detailChange: number;
  brightnessChange: number;
}

interface ColorDifference {
  colorChange: number;
  /** The difference in color between a cell and the next one. */
  colorDetail: number;
}

/** Pixels at the edges that are not looked at for details, because their surroundings are cut off. */
const EDGE = 3;
/** A detail is what differs from the mean of 9 × 9 pixels; gradients, vignettes and large plain areas have none. */
const SURROUNDINGS = 4;

/** Returns a function that places a thumbnail on another one, and compares them. */
export function thumbnailComparer(a: Thumbnail): (b: Thumbnail) => ThumbnailDifference {
  // Smoothing removes what a thumbnail shows of patterns finer than its pixels.
  const picture = smooth(Float64Array.from(a.luma));
  const align = aligner(picture);
  return (b) => {
    const other = smooth(Float64Array.from(b.luma));
    const placement = align(other);
    return { ...compareBrightness(picture, other, placement), ...compareColors(a, b, placement) };
  };
}

/** The root mean square of a thumbnail's details. */
export function detailOf({ luma }: Thumbnail): number {
  const picture = smooth(Float64Array.from(luma));
  return compareBrightness(picture, picture, SAME_PLACE).detail;
}

function compareBrightness(picture: Plane, other: Plane, placement: Placement) {
  const placed = place(other, placement);
  const around = meanAround(picture, SURROUNDINGS);
  const aroundPlaced = meanAround(placed, SURROUNDINGS);
  let pixels = 0;
  let changes = 0;
  let innerPixels = 0;
  let details = 0;
  let placedDetails = 0;
  let detailChanges = 0;
  for (let at = 0; at < picture.length; at += 1) {
    const column = at % LUMA_EDGE;
    const row = Math.floor(at / LUMA_EDGE);
    if (!isInside(placeX(placement, column)) || !isInside(placeY(placement, row))) continue;
    const brightness = picture[at] ?? 0;
    const placedBrightness = placed[at] ?? 0;
    pixels += 1;
    changes += (brightness - placedBrightness) ** 2;
    if (Math.min(column, row) < EDGE || Math.max(column, row) >= LUMA_EDGE - EDGE) continue;
    const detail = brightness - (around[at] ?? 0);
    const placedDetail = placedBrightness - (aroundPlaced[at] ?? 0);
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

/** Reads a plane where the pixels of another one lie in it. */
function place(plane: Plane, placement: Placement): Plane {
  const placed = new Float64Array(plane.length);
  for (let row = 0; row < LUMA_EDGE; row += 1) {
    const y = placeY(placement, row);
    for (let column = 0; column < LUMA_EDGE; column += 1)
      placed[row * LUMA_EDGE + column] = sample(plane, LUMA_EDGE, placeX(placement, column), y);
  }
  return placed;
}

/** Compares the colors of two thumbnails, one placed on the other. */
export function compareColors(
  a: Thumbnail,
  b: Thumbnail,
  placement: Placement = SAME_PLACE,
): ColorDifference {
  const cells = CHROMA_EDGE ** 2;
  const side = LUMA_EDGE / CHROMA_EDGE;
  const middle = (side - 1) / 2;
  let changes = 0;
  let steps = 0;
  for (const plane of [0, 1]) {
    const colors = a.chroma.subarray(plane * cells, (plane + 1) * cells);
    const others = Float64Array.from(b.chroma.subarray(plane * cells, (plane + 1) * cells));
    for (let cell = 0; cell < cells; cell += 1) {
      const column = cell % CHROMA_EDGE;
      const row = Math.floor(cell / CHROMA_EDGE);
      const color = colors[cell] ?? 0;
      const x = (placeX(placement, side * column + middle) - middle) / side;
      const y = (placeY(placement, side * row + middle) - middle) / side;
      changes += (color - sample(others, CHROMA_EDGE, x, y)) ** 2;
      if (column > 0) steps += (color - (colors[cell - 1] ?? 0)) ** 2;
      if (row > 0) steps += (color - (colors[cell - CHROMA_EDGE] ?? 0)) ** 2;
    }
  }
  return {
    colorChange: Math.sqrt(changes / (2 * cells)),
    colorDetail: Math.sqrt(steps / (4 * (cells - CHROMA_EDGE))),
  };
}
