import { describe, expect, it } from "vitest";
import { EXPORT_FORMATS } from "../../../src/labeling/export-formats.ts";
import { exportCommand } from "../../../src/cli/export/command.ts";
import { parse } from "../parse.ts";

const FORMATS = "labels, consensus, crowd-kit, huggingface, ground-truth, label-studio";

describe("the arguments of npm run export", () => {
  it.each(EXPORT_FORMATS)("accept the format %s", (format) => {
    expect(parse(exportCommand, `--format ${format} --out x`)).toEqual({
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
  ])("are parsed: %s", (words, meaning) => {
    expect(parse(exportCommand, words)).toMatchObject(meaning);
  });

  it("can ask for help", () => {
    expect(parse(exportCommand, "--help --format csv")).toBe("help");
  });

  it.each([
    ["", `--format is missing: one of ${FORMATS}.`],
    ["--format csv --out x", `Unknown format 'csv'; there are ${FORMATS}.`],
    ["--format labels", "--out is missing: the folder to create."],
    ["--format labels --out=", "--out is missing: the folder to create."],
    [
      "--format labels --out x --images-at s3://b/c",
      "--images-at only works with ground-truth and label-studio.",
    ],
    [
      "--format ground-truth --out x --images-at https://b/c",
      "--images-at must be s3://BUCKET/FOLDER for ground-truth, which only reads images from S3.",
    ],
    [
      "--format label-studio --out x --images-at images",
      "--images-at must be an address, https://…, s3://…, or a path on Label Studio's server such as /data/local-files/?d=images/.",
    ],
    ["--format consensus --out x --raw", "--raw only works with --format labels."],
    [
      "--format labels --out x --raw --people key",
      "--raw keeps the stored pseudonyms, so it does not work with --people.",
    ],
    ["--format labels --out x --people=", "--people needs the path of a file for the key."],
    ["labels", "Unexpected argument 'labels'."],
    ["--format labels --out x --raw=yes", "Option '--raw' does not take an argument"],
  ])("are refused: %s", (words, mistake) => {
    expect(parse(exportCommand, words)).toEqual({ mistake });
  });
});
