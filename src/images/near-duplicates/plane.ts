import { LUMA_EDGE } from "./thumbnail.ts";

/** Brightness of each pixel of a thumbnail, row by row. */
export type Plane = Float64Array;

/** Reads a plane of this edge between its pixels. Beyond an edge, the last pixel continues. */
export function sample(plane: Plane, edge: number, x: number, y: number): number {
  const left = Math.min(Math.max(Math.floor(x), 0), edge - 2);
  const top = Math.min(Math.max(Math.floor(y), 0), edge - 2);
  const right = Math.min(Math.max(x - left, 0), 1);
  const below = Math.min(Math.max(y - top, 0), 1);
  const at = top * edge + left;
  const upper = (plane[at] ?? 0) * (1 - right) + (plane[at + 1] ?? 0) * right;
  const lower = (plane[at + edge] ?? 0) * (1 - right) + (plane[at + edge + 1] ?? 0) * right;
  return upper * (1 - below) + lower * below;
}

/** Takes the mean of each pixel and its neighbors, in both directions, with weights of 1, 2 and 1. */
export function smooth(plane: Plane): Plane {
  return smoothLines(smoothLines(plane, 1, LUMA_EDGE), LUMA_EDGE, 1);
}

/** @param step from a pixel to its neighbor; @param lineStep from a line to the next */
function smoothLines(plane: Plane, step: number, lineStep: number): Plane {
  const result = new Float64Array(plane.length);
  for (let line = 0; line < LUMA_EDGE; line += 1) {
    const first = line * lineStep;
    let before = plane[first] ?? 0;
    let value = before;
    for (let position = 0; position < LUMA_EDGE; position += 1) {
      const at = first + position * step;
      const after = position === LUMA_EDGE - 1 ? value : (plane[at + step] ?? 0);
      result[at] = (before + 2 * value + after) / 4;
      before = value;
      value = after;
    }
  }
  return result;
}

/** Takes the mean of the pixels that are up to `reach` pixels away in both directions. Beyond an edge, the last pixel continues. */
export function meanAround(plane: Plane, reach: number): Plane {
  return meanOfLines(meanOfLines(plane, reach, 1, LUMA_EDGE), reach, LUMA_EDGE, 1);
}

function meanOfLines(plane: Plane, reach: number, step: number, lineStep: number): Plane {
  const result = new Float64Array(plane.length);
  for (let line = 0; line < LUMA_EDGE; line += 1) {
    const read = (position: number): number =>
      plane[line * lineStep + Math.min(Math.max(position, 0), LUMA_EDGE - 1) * step] ?? 0;
    let sum = 0;
    for (let position = -reach - 1; position < reach; position += 1) sum += read(position);
    for (let position = 0; position < LUMA_EDGE; position += 1) {
      sum += read(position + reach) - read(position - reach - 1);
      result[line * lineStep + position * step] = sum / (2 * reach + 1);
    }
  }
  return result;
}
