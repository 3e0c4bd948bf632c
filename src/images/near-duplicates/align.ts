import { LUMA_EDGE } from "./thumbnail.ts";

/** Where a point of one picture lies in another: `middle + (at - middle) × scale + shift`, in pixels of a thumbnail. */
export interface Placement {
  scaleX: number;
  shiftX: number;
  scaleY: number;
  shiftY: number;
}

const MIDDLE = (LUMA_EDGE - 1) / 2;
const ROUNDS = 7;
/** A crop of 5 % scales what it leaves by 1.053 and shifts it by up to 0.8 pixels. */
const MAX_SCALE = 1.08;
const MAX_SHIFT = 1.2;
/** Keeps the placement of a plain picture, squared brightness. */
const DAMPING = 100;
/** Mean square distance of a line's pixels from its middle. */
const SQUARE_DISTANCE = (LUMA_EDGE ** 2 - 1) / 12;

/** Brightness, or a color, of each pixel of a square, row by row. */
export type Plane = Float64Array;

/** Reads a plane between its pixels. Beyond an edge, the last pixel continues. */
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

/** Finds where a picture lies in another one that shows almost the same (Gauss–Newton). Resolves crops of up to 5 %. */
export function align(picture: Plane, other: Plane): Placement {
  let placement: Placement = { scaleX: 1, shiftX: 0, scaleY: 1, shiftY: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const { normal, right } = equations(picture, other, placement);
    const [scaleX = 0, shiftX = 0, scaleY = 0, shiftY = 0] = solve(normal, right);
    placement = {
      scaleX: limited(placement.scaleX + scaleX, 1 / MAX_SCALE, MAX_SCALE),
      shiftX: limited(placement.shiftX + shiftX, -MAX_SHIFT, MAX_SHIFT),
      scaleY: limited(placement.scaleY + scaleY, 1 / MAX_SCALE, MAX_SCALE),
      shiftY: limited(placement.shiftY + shiftY, -MAX_SHIFT, MAX_SHIFT),
    };
  }
  return placement;
}

function limited(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}

const UNKNOWNS = 4;

/** The normal equations of the change of a placement that makes the squared differences least. */
function equations(picture: Plane, other: Plane, placement: Placement) {
  const normal = new Float64Array(UNKNOWNS ** 2);
  const right = new Float64Array(UNKNOWNS);
  const slopes = new Float64Array(UNKNOWNS);
  for (let row = 0; row < LUMA_EDGE; row += 1) {
    const y = placeY(placement, row);
    if (!isInside(y)) continue;
    for (let column = 0; column < LUMA_EDGE; column += 1) {
      const x = placeX(placement, column);
      if (!isInside(x)) continue;
      const read = (dx: number, dy: number): number => sample(other, LUMA_EDGE, x + dx, y + dy);
      const error = (picture[row * LUMA_EDGE + column] ?? 0) - read(0, 0);
      const slopeX = read(0.5, 0) - read(-0.5, 0);
      const slopeY = read(0, 0.5) - read(0, -0.5);
      slopes.set([slopeX * (column - MIDDLE), slopeX, slopeY * (row - MIDDLE), slopeY]);
      for (let i = 0; i < UNKNOWNS; i += 1) {
        const slope = slopes[i] ?? 0;
        right[i] = (right[i] ?? 0) + slope * error;
        for (let j = 0; j < UNKNOWNS; j += 1)
          normal[UNKNOWNS * i + j] = (normal[UNKNOWNS * i + j] ?? 0) + slope * (slopes[j] ?? 0);
      }
    }
  }
  for (let i = 0; i < UNKNOWNS; i += 1) {
    const diagonal = UNKNOWNS * i + i;
    normal[diagonal] = (normal[diagonal] ?? 0) + DAMPING * (i % 2 === 0 ? SQUARE_DISTANCE : 1);
  }
  return { normal, right };
}

/** Solves linear equations with a positive definite matrix (Gauss–Jordan). */
function solve(matrix: Float64Array, right: Float64Array): number[] {
  const rows = Array.from(right, (value, i) => [...matrix.subarray(UNKNOWNS * i, UNKNOWNS * (i + 1)), value]);
  for (const [i, pivotRow] of rows.entries()) {
    const pivot = pivotRow[i] ?? 1;
    for (const [k, row] of rows.entries()) {
      if (k === i) continue;
      const factor = (row[i] ?? 0) / pivot;
      for (let j = i; j <= UNKNOWNS; j += 1) row[j] = (row[j] ?? 0) - factor * (pivotRow[j] ?? 0);
    }
  }
  return rows.map((row, i) => (row[UNKNOWNS] ?? 0) / (row[i] ?? 1));
}
