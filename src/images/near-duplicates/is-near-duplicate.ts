import {
  compareColors,
  detailOf,
  thumbnailComparer,
  type ThumbnailDifference,
} from "./compare-thumbnails.ts";
import type { Thumbnail } from "./thumbnail.ts";

/*
 * The thresholds were chosen on photographs, and then measured on others. docs/design/near-duplicates.md has the figures.
 */

/** Root mean square of the details below which a picture is plain: it looks like every other of its color. */
const MIN_DETAIL = 0.5;
/** Highest difference of the details of near duplicates, as a share of these details, and what rounding and encoding add to it. */
const MAX_DETAIL_SHARE = 0.4;
const DETAIL_NOISE = 0.3;
/** Highest difference in brightness, as a share of the details, beside what a re-encoding changes. */
const MAX_BRIGHTNESS_SHARE = 0.45;
const MAX_BRIGHTNESS_CHANGE = 1.5;
/** Highest difference in color, beside what is due to cells that are shifted by a part of their size. */
const MAX_COLOR_CHANGE = 3;
const MAX_COLOR_SHARE = 0.3;
/** The same before one thumbnail is placed on the other. */
const MAX_UNPLACED_COLOR_SHARE = 1;

/** Whether a picture has too few details to be told from others: a clear sky, a gradient, or a wall out of focus. */
export function isPlain(thumbnail: Thumbnail): boolean {
  return detailOf(thumbnail) < MIN_DETAIL;
}

/**
 * Returns a function that tells whether a thumbnail is of the same picture as this one: resized, encoded again, or cropped by up to 5 %
 * of its width and of its height. Plain pictures never are.
 */
export function nearDuplicateTest(a: Thumbnail): (b: Thumbnail) => boolean {
  let compare: ((b: Thumbnail) => ThumbnailDifference) | undefined;
  return (b) => {
    // Most candidates have other colors, which is quick to see.
    const unplaced = compareColors(a, b);
    if (unplaced.colorChange > MAX_COLOR_CHANGE + MAX_UNPLACED_COLOR_SHARE * unplaced.colorDetail)
      return false;
    compare ??= thumbnailComparer(a);
    const { detail, detailChange, brightnessChange, colorChange, colorDetail } = compare(b);
    return (
      detail >= MIN_DETAIL &&
      detailChange <= Math.hypot(MAX_DETAIL_SHARE * detail, DETAIL_NOISE) &&
      brightnessChange <= MAX_BRIGHTNESS_CHANGE + MAX_BRIGHTNESS_SHARE * detail &&
      colorChange <= MAX_COLOR_CHANGE + MAX_COLOR_SHARE * colorDetail
    );
  };
}
