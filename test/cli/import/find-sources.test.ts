import { describe, expect, it } from "vitest";
import { findObjects, type OpenBucket } from "../../../src/cli/import/find-sources.ts";
import { StartError } from "../../../src/platform/start-error.ts";

/** A bucket with these keys only. */
function bucketWith(...keys: string[]): { openBucket: OpenBucket; opened: string[] } {
  const opened: string[] = [];
  const openBucket: OpenBucket = async ({ bucket, prefix }) => {
    opened.push(`${bucket}/${prefix}`);
    return {
      async *list(beginning) {
        for (const name of keys) if (name.startsWith(beginning)) yield { name, size: 1 };
      },
      read: async (name) => Buffer.from(name),
      close() {},
    };
  };
  return { openBucket, opened };
}

const keyOf = (): string => "";

describe("finding objects", () => {
  it.each([
    ["s3://a.bucket/nothing", "there is no object whose key begins with it"],
    ["S3://a.bucket/nothing", "there is no object whose key begins with it"],
    [
      "s3://A.bucket/x",
      "bucket names have 3 to 63 lower-case letters, digits, . and -, start and end with a letter or digit, and have no two dots in a row",
    ],
    ["s3:/a.bucket", "addresses on S3 are s3://BUCKET/PREFIX"],
  ])("explains what is wrong with %s", async (address, reason) => {
    const { openBucket } = bucketWith("photos/a.png");
    const found = findObjects(["s3://a.bucket/photos", address], { openBucket, keyOf });
    await expect(found).rejects.toEqual(
      new StartError(`Nothing was added, because these cannot be read:\n  ${address}: ${reason}`),
    );
  });

  it("opens a bucket below the last slash of the prefix, because permissions may end there", async () => {
    const { openBucket, opened } = bucketWith("photos/deep/a.png", "photos/deep/b.png", "photos/c.png");
    const addresses = ["s3://a.bucket/photos/deep/a", "s3://a.bucket/photos", "s3://a.bucket"];
    const { sources } = await findObjects(addresses, { openBucket, keyOf });
    expect(opened).toEqual(["a.bucket/photos/deep", "a.bucket/", "a.bucket/"]);
    expect(sources.map(({ name }) => name)).toEqual([
      "s3://a.bucket/photos/deep/a.png",
      "s3://a.bucket/photos/deep/b.png",
      "s3://a.bucket/photos/c.png",
    ]);
  });
});
