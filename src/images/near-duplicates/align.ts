import type { Plane } from "./plane.ts";
import { LUMA_EDGE } from "./thumbnail.ts";

/** Where a point of one picture lies in another: `middle + (at - middle) × scale + shift`, in pixels of a thumbnail. */
export interface Placement {
  scaleX: number;
  shiftX: number;
  scaleY: number;
  shiftY: number;
}

const MIDDLE = (LUMA_EDGE - 1) / 2;
/** Steps on planes of half the size, which lead from far away, and then on the planes themselves. */
const COARSE_STEPS = 6;
const FINE_STEPS = 4;
/** A crop of 5 % scales what it leaves by 1.053 and shifts it by up to 0.8 pixels. */
const MAX_SCALE = 1.08;
const MAX_SHIFT = 1.2;
/** Keeps what the picture does not tell, such as the placement of a plain picture: squared brightness, and a share of what it tells. */
const DAMPING = 100;
const DAMPING_SHARE = 0.02;
/** Mean square distance of a line's pixels from its middle. */
const SQUARE_DISTANCE = (LUMA_EDGE ** 2 - 1) / 12;

export const SAME_PLACE: Placement = { scaleX: 1, shiftX: 0, scaleY: 1, shiftY: 0 };

export function placeX({ scaleX, shiftX }: Placement, column: number): number {
  return MIDDLE + (column - MIDDLE) * scaleX + shiftX;
}

export function placeY({ scaleY, shiftY }: Placement, row: number): number {
  return MIDDLE + (row - MIDDLE) * scaleY + shiftY;
}

/** Whether a point lies in a thumbnail. */
export function isInside(at: number): boolean {
  return at >= -0.5 && at <= LUMA_EDGE - 0.5;
}

/**
 * Returns a function that finds where a picture lies in another one that shows almost the same. Resolves crops of up to 5 %.
 * Gauss–Newton, with the slopes of the picture instead of those of the other one, so that they are computed only once.
 */
export function aligner(picture: Plane): (other: Plane) => Placement {
  const approachFromAfar = approacher(halved(picture), COARSE_STEPS);
  const approach = approacher(picture, FINE_STEPS);
  return (other) => approach(other, approachFromAfar(halved(other), SAME_PLACE));
}

/** Takes the mean of each 2 × 2 pixels. */
function halved(plane: Plane): Plane {
  const edge = LUMA_EDGE / 2;
  const result = new Float64Array(edge ** 2);
  for (let row = 0; row < edge; row += 1) {
    for (let column = 0; column < edge; column += 1) {
      const at = 2 * (row * LUMA_EDGE + column);
      const upper = (plane[at] ?? 0) + (plane[at + 1] ?? 0);
      const lower = (plane[at + LUMA_EDGE] ?? 0) + (plane[at + LUMA_EDGE + 1] ?? 0);
      result[row * edge + column] = (upper + lower) / 4;
    }
  }
  return result;
}

/**
 * Returns a function that improves a placement. The planes may be smaller than a thumbnail; the placement is in pixels of a
 * thumbnail.
 */
function approacher(picture: Plane, steps: number): (other: Plane, start: Placement) => Placement {
  const slopes = slopesOf(picture);
  const inverse = invert(normalMatrix(slopes));
  return (other, start) => {
    let placement = start;
    for (let step = 0; step < steps; step += 1) {
      const right = projectedError(picture, other, slopes, placement);
      const change = inverse.map((row) => row.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0));
      const [scaleX = 0, shiftX = 0, scaleY = 0, shiftY = 0] = change;
      placement = {
        scaleX: limited(placement.scaleX + scaleX, 1 / MAX_SCALE, MAX_SCALE),
        shiftX: limited(placement.shiftX + shiftX, -MAX_SHIFT, MAX_SHIFT),
        scaleY: limited(placement.scaleY + scaleY, 1 / MAX_SCALE, MAX_SCALE),
        shiftY: limited(placement.shiftY + shiftY, -MAX_SHIFT, MAX_SHIFT),
      };
    }
    return placement;
  };
}

function limited(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}

const UNKNOWNS = 4;

/** For each pixel, how its brightness changes with each of the four numbers of a placement. */
function slopesOf(picture: Plane): Float64Array {
  const edge = Math.sqrt(picture.length);
  const side = LUMA_EDGE / edge;
  const slopes = new Float64Array(UNKNOWNS * picture.length);
  const read = (column: number, row: number): number =>
    picture[limited(row, 0, edge - 1) * edge + limited(column, 0, edge - 1)] ?? 0;
  for (let row = 0; row < edge; row += 1) {
    for (let column = 0; column < edge; column += 1) {
      const x = (read(column + 1, row) - read(column - 1, row)) / (2 * side);
      const y = (read(column, row + 1) - read(column, row - 1)) / (2 * side);
      const at = UNKNOWNS * (row * edge + column);
      slopes[at] = x * ((column + 0.5) * side - LUMA_EDGE / 2);
      slopes[at + 1] = x;
      slopes[at + 2] = y * ((row + 0.5) * side - LUMA_EDGE / 2);
      slopes[at + 3] = y;
    }
  }
  return slopes;
}

/** The damped matrix of the normal equations. */
function normalMatrix(slopes: Float64Array): number[][] {
  const matrix = Array.from({ length: UNKNOWNS }, () => Array.from({ length: UNKNOWNS }, () => 0));
  for (let i = 0; i < UNKNOWNS; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = 0;
      for (let at = 0; at < slopes.length; at += UNKNOWNS)
        sum += (slopes[at + i] ?? 0) * (slopes[at + j] ?? 0);
      for (const [row, column] of [
        [i, j],
        [j, i],
      ] as const)
        (matrix[row] ?? [])[column] = sum;
    }
  }
  for (const [i, row] of matrix.entries())
    row[i] = (row[i] ?? 0) * (1 + DAMPING_SHARE) + DAMPING * (i % 2 === 0 ? SQUARE_DISTANCE : 1);
  return matrix;
}

interface Read {
  pixel: number;
  /** The first of the two pixels of the other picture between which it lies. */
  first: number;
  /** Weight of the second one. */
  share: number;
}

/** For each pixel of a line that lies inside of the other picture, where it is read there. */
function readsAlong(edge: number, place: (pixel: number) => number): Read[] {
  const side = LUMA_EDGE / edge;
  const middle = (side - 1) / 2;
  const reads: Read[] = [];
  for (let pixel = 0; pixel < edge; pixel += 1) {
    const placed = place(pixel * side + middle);
    if (!isInside(placed)) continue;
    const at = (placed - middle) / side;
    const first = limited(Math.floor(at), 0, edge - 2);
    reads.push({ pixel, first, share: limited(at - first, 0, 1) });
  }
  return reads;
}

/** The right side of the normal equations. */
function projectedError(
  picture: Plane,
  other: Plane,
  slopes: Float64Array,
  placement: Placement,
): Float64Array {
  const edge = Math.sqrt(picture.length);
  const rows = readsAlong(edge, (row) => placeY(placement, row));
  const columns = readsAlong(edge, (column) => placeX(placement, column));
  const right = new Float64Array(UNKNOWNS);
  for (const { pixel: row, first: top, share: below } of rows) {
    for (const { pixel: column, first: left, share } of columns) {
      const at = top * edge + left;
      const upper = (other[at] ?? 0) * (1 - share) + (other[at + 1] ?? 0) * share;
      const lower = (other[at + edge] ?? 0) * (1 - share) + (other[at + edge + 1] ?? 0) * share;
      const pixel = row * edge + column;
      const error = (picture[pixel] ?? 0) - (upper * (1 - below) + lower * below);
      for (let i = 0; i < UNKNOWNS; i += 1)
        right[i] = (right[i] ?? 0) + (slopes[UNKNOWNS * pixel + i] ?? 0) * error;
    }
  }
  return right;
}

/** Inverts a positive definite matrix (Gauss–Jordan). */
function invert(matrix: readonly number[][]): number[][] {
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (const [i, pivotRow] of rows.entries()) {
    const pivot = pivotRow[i] ?? 1;
    for (const [j, value] of pivotRow.entries()) pivotRow[j] = value / pivot;
    for (const [k, row] of rows.entries()) {
      const factor = row[i] ?? 0;
      if (k === i || factor === 0) continue;
      for (const [j, value] of pivotRow.entries()) row[j] = (row[j] ?? 0) - factor * value;
    }
  }
  return rows.map((row) => row.slice(UNKNOWNS));
}
