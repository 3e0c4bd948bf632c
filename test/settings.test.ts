import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readEnvironment } from "../src/environment.ts";
import { settings } from "../src/settings.ts";

const shape = z.object({ STORE_URL: settings.STORE_URL });
const storeAt = (url: string) => readEnvironment(shape, { STORE_URL: url }).STORE_URL;

describe("STORE_URL", () => {
  it.each([
    ["s3://my-bucket", "my-bucket", ""],
    ["s3://my-bucket/", "my-bucket", ""],
    ["s3://my.bucket.2/hotdog", "my.bucket.2", "hotdog"],
    ["s3://my-bucket/a/b/", "my-bucket", "a/b"],
    ["s3://my-bucket/a b+c&é%2F/.x/...", "my-bucket", "a b+c&é%2F/.x/..."],
  ])("takes %s", (url, bucket, prefix) => {
    expect(storeAt(url)).toEqual({ engine: "s3", bucket, prefix });
  });

  it.each([
    "../other",
    "./a",
    "a/..",
    "a/./b",
    "/a",
    "a//b",
    "a//",
    "/",
    " ",
    " a",
    "a ",
    "a\tb",
    "a\nb",
    "\u0001",
  ])("refuses the prefix %j", (prefix) => {
    expect(() => storeAt(`s3://my-bucket/${prefix}`)).toThrow(
      "  STORE_URL has a prefix that cannot be used: the names between its slashes may not be empty, . or ..",
    );
  });

  it.each(["Hotdogs", "hot_dogs", "...", "a..b", "-hotdogs", "hotdogs.", "ab", "hotdogs ", "a".repeat(64)])(
    "refuses the bucket %j",
    (bucket) => {
      expect(() => storeAt(`s3://${bucket}/x`)).toThrow(
        "  STORE_URL names no bucket of S3: bucket names are lower-case letters, digits, . and -",
      );
    },
  );

  it("refuses a directory bucket, and says why", () => {
    expect(() => storeAt("s3://hotdogs--use1-az4--x-s3")).toThrow(
      "  STORE_URL names a directory bucket (--x-s3), which does not list in order",
    );
  });

  it.each(["s3:", "s3://", "s3:///a", "ftp://x", "file:", "file://data"])("refuses %s", (url) => {
    expect(() => storeAt(url)).toThrow(
      "  STORE_URL must be file:FOLDER, such as file:./data, or s3://BUCKET/PREFIX",
    );
  });
});
