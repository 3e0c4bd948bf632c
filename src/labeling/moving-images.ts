import { countSliced, expectationSliced, type Expectation, type Mixture } from "./mixture.ts";
import { selectImagesSliced, type PackedVotes } from "./packed-votes.ts";
import type { Sliced } from "./sliced.ts";

/** Images with a smaller change of their shares in one update wait for the next update of all. */
const MIN_CHANGE = 1e-5;
/** The share of images from which on all are updated. */
const MAX_MOVING_SHARE = 0.3;
/** Updates of moving images between two updates of all. The others would have changed by less than 1e-4 meanwhile. */
const UPDATES = 8;
/** Images, or numbers, per slice of work. */
const [IMAGE_SLICE, NUMBER_SLICE] = [1 << 11, 1 << 15];

/** Images whose shares still change much, taken out of all images. */
interface MovingImages {
  /** Their indexes among all images. */
  images: Uint32Array;
  packed: PackedVotes;
  shares: Float64Array;
  /** The counts of all other images. */
  otherCounts: Float64Array;
}

/** An update of the shares of all images, or only of moving ones. The counts are those of all. */
interface PartialExpectation extends Omit<Expectation, "logSums"> {
  ofAll: boolean;
}

/** Updates the shares of images with what is known about people. */
type UpdateShares = (mixture: Mixture) => Sliced<PartialExpectation>;

/**
 * Updates shares as `expectationSliced` does, but mostly only those of images that still move: after a few iterations, most images
 * are sure, and a few take a hundred more. All images are updated at every eighth time, and as soon as no image moves.
 * @param shares of all images, at `image * clusters + cluster`, changed in place
 * @param tolerance no image moves if no share changes by more than this
 * @see R. M. Neal and G. E. Hinton, A View of the EM Algorithm that Justifies Incremental, Sparse, and Other Variants (1998),
 * https://doi.org/10.1007/978-94-011-5014-9_12
 */
export function partialUpdates(packed: PackedVotes, shares: Float64Array, tolerance: number): UpdateShares {
  let moving: MovingImages | undefined;
  let updates = 0;
  return function* updateSliced(mixture) {
    if (moving === undefined) {
      const before = shares.slice();
      const update = yield* expectationSliced(packed, mixture, shares);
      moving = yield* movingImagesSliced(packed, { before, shares, ...update.counts });
      updates = 0;
      return { ...update, ofAll: true };
    }
    const { packed: some, shares: someShares, otherCounts } = moving;
    const update = yield* expectationSliced(some, mixture, someShares, otherCounts);
    updates += 1;
    if (updates === UPDATES || update.maxChange <= tolerance) {
      yield* moveBackSliced(moving, shares);
      moving = undefined;
    }
    return { ...update, ofAll: false };
  };
}

/** Updates all shares every time. @param shares changed in place */
export function fullUpdates(packed: PackedVotes, shares: Float64Array): UpdateShares {
  return function* updateSliced(mixture) {
    return { ...(yield* expectationSliced(packed, mixture, shares)), ofAll: true };
  };
}

/** @returns undefined if the images that move are a large part of all, which may then as well be updated */
function* movingImagesSliced(
  packed: PackedVotes,
  { before, shares, all }: { before: Float64Array; shares: Float64Array; all: Float64Array },
): Sliced<MovingImages | undefined> {
  const count = packed.ends.length;
  const clusters = shares.length / count;
  const moving: number[] = [];
  for (let image = 0; image < count; image += 1) {
    if (isMoving(image * clusters, (image + 1) * clusters, { before, shares })) moving.push(image);
    if (image % IMAGE_SLICE === 0) yield;
  }
  if (moving.length >= count * MAX_MOVING_SHARE) return undefined;
  const images = Uint32Array.from(moving);
  const some = yield* selectImagesSliced(packed, images);
  const someShares = new Float64Array(images.length * clusters);
  for (const [index, image] of images.entries()) {
    someShares.set(shares.subarray(image * clusters, (image + 1) * clusters), index * clusters);
    if (index % IMAGE_SLICE === 0) yield;
  }
  const counts = yield* countSliced(some, someShares, clusters);
  return { images, packed: some, shares: someShares, otherCounts: yield* differenceSliced(all, counts.all) };
}

function isMoving(
  from: number,
  to: number,
  { before, shares }: { before: Float64Array; shares: Float64Array },
): boolean {
  for (let at = from; at < to; at += 1)
    if (Math.abs((shares[at] ?? 0) - (before[at] ?? 0)) > MIN_CHANGE) return true;
  return false;
}

function* moveBackSliced({ images, shares: some }: MovingImages, shares: Float64Array): Sliced<void> {
  const clusters = some.length / images.length;
  for (const [index, image] of images.entries()) {
    shares.set(some.subarray(index * clusters, (index + 1) * clusters), image * clusters);
    if (index % IMAGE_SLICE === 0) yield;
  }
}

/** Subtracts counts of some images from those of all. Rounding leaves none below 0. */
function* differenceSliced(all: Float64Array, some: Float64Array): Sliced<Float64Array> {
  const others = new Float64Array(all.length);
  for (let index = 0; index < others.length; index += 1) {
    others[index] = Math.max((all[index] ?? 0) - (some[index] ?? 0), 0);
    if (index % NUMBER_SLICE === 0) yield;
  }
  return others;
}
