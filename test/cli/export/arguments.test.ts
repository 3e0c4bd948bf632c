import { describe, expect, it } from "vitest";
import { EXPORT_FORMATS } from "../../../src/labeling/export-format.ts";
import { readArguments } from "../../../src/cli/export/arguments.ts";

const FORMATS = "labels, consensus, crowd-kit, huggingface, ground-truth, label-studio";

/** As a shell would split them. */
const read = (words: string) => readArguments(words.split(" ").filter((word) => word !== ""));

describe("the arguments of npm run export", () => {
  it.each(EXPORT_FORMATS)("take the format %s", (format) => {
    expect(read(`--format ${format} --out x`)).toEqual({
      format,
      out: "x",
      imagesAt: undefined,
      people: undefined,
      raw: false,
    });
  });

  it.each([
    ["--format labels --out x --raw", { raw: true }],
    ["--format labels --out x --people key", { people: "key" }],
    ["--format ground-truth --out x --images-at s3://b/c", { imagesAt: "s3://b/c" }],
    ["--format label-studio --out x --images-at s3://b/c", { imagesAt: "s3://b/c" }],
    ["--format label-studio --out x --images-at gs://b/c", { imagesAt: "gs://b/c" }],
    ["--format label-studio --out x --images-at http://b", { imagesAt: "http://b" }],
    ["--format label-studio --out x --images-at https://b/c", { imagesAt: "https://b/c" }],
    ["--format label-studio --out x --images-at /data/?d=", { imagesAt: "/data/?d=" }],
    ["--help --format csv", { help: true }],
  ])("say what to write: %s", (words, wanted) => {
    expect(read(words)).toMatchObject(wanted);
  });

  it.each([
    ["", `--format is one of ${FORMATS}.`],
    ["--format csv --out x", `There is no format csv; there are ${FORMATS}.`],
    ["--format labels", "--out names the folder to make."],
    ["--format labels --out=", "--out names the folder to make."],
    ["--format labels --out x --images-at s3://b/c", "--images-at is for ground-truth and label-studio."],
    [
      "--format ground-truth --out x --images-at https://b/c",
      "--images-at must be s3://BUCKET/FOLDER for ground-truth, which reads images from S3 alone.",
    ],
    [
      "--format label-studio --out x --images-at images",
      "--images-at must be an address, https://…, s3://… or a path on Label Studio's server such as /data/local-files/?d=images/.",
    ],
    ["--format consensus --out x --raw", "--raw is for --format labels."],
    [
      "--format labels --out x --raw --people key",
      "--raw keeps the stored pseudonyms: it does not go with --people.",
    ],
    ["--format labels --out x --people=", "--people names a file for the key."],
    ["labels", "Unexpected argument 'labels'. This command does not take positional arguments"],
    ["--format labels --out x --raw=yes", "Option '--raw' does not take an argument"],
  ])("may be wrong: %s", (words, mistake) => {
    expect(read(words)).toEqual({ mistake });
  });
});
