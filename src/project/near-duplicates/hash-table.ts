import { rowsIn } from "../../append-log/csv.ts";
import { parseHash, type PerceptualHash } from "../../images/near-duplicates/perceptual-hash.ts";
import { IMAGE_NAME } from "../../labeling/images.ts";

export const HASH_TABLE = {
  prefix: "hashes/",
  columns: ["id", "image", "hash"],
};

interface HashedImage {
  /** Its file name in the set. */
  image: string;
  hash: PerceptualHash;
}

/** The rows of a part in order; undefined for one that cannot be read. */
export function hashedImagesIn(part: Buffer): (HashedImage | undefined)[] {
  return rowsIn(part).map(({ image = "", hash: digits = "" }) => {
    const hash = parseHash(digits);
    return hash === undefined || !IMAGE_NAME.test(image) ? undefined : { image, hash };
  });
}
