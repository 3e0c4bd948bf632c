import { gunzipSync, strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { compressToFit } from "../../src/worker/message-parts.ts";
import { zipExport } from "../../src/worker/zip-export.ts";

describe("a file for Discord", () => {
  it("is compressed if it is too large, and not sent if it is still too large", async () => {
    const file = { name: "labels.csv", data: Buffer.alloc(10_000, "a,b\r\n"), contentType: "text/csv" };
    expect(await compressToFit(file, 10_000)).toBe(file);
    const compressed = await compressToFit(file, 9_999);
    expect(compressed).toMatchObject({ name: "labels.csv.gz", contentType: "application/gzip" });
    expect(Buffer.from(gunzipSync(compressed?.data ?? new Uint8Array()))).toEqual(file.data);
    expect(await compressToFit(file, 20)).toBeUndefined();
  });
});

describe("the ZIP of an export", () => {
  const image = "a".repeat(64);
  const prepared = (bytes: number) => ({
    images: [{ image, name: `train/${image}`, bytes }],
    files: (gone: ReadonlySet<string>) => [
      { name: "train/metadata.jsonl", contentType: "application/jsonl", text: [`${gone.size}\n`] },
    ],
    counts: () => {
      throw new Error("nobody asks");
    },
  });

  it("reads no image if all of them together are too large", async () => {
    const read = (): Promise<Buffer> => Promise.reject(new Error("was read"));
    expect(await zipExport(prepared(1_000), { read }, 1_000)).toBeUndefined();
    await expect(zipExport(prepared(500), { read }, 1_000)).rejects.toThrow("was read");
  });

  it("is the same bytes at any time, in any time zone", async () => {
    const read = async (): Promise<Buffer> => Buffer.from("picture");
    const first = await zipExport(prepared(7), { read }, 1_000);
    // 1980-01-01 00:00:00 as an MS-DOS date and time, in the first local header.
    expect(first?.subarray(10, 14).toString("hex")).toBe("00002100");
    expect(await zipExport(prepared(7), { read }, 1_000)).toEqual(first);
  });

  it("leaves out an image that no longer exists", async () => {
    const zip = await zipExport(prepared(7), { read: async () => undefined }, 1_000);
    const folder = unzipSync(zip ?? new Uint8Array());
    expect(Object.keys(folder)).toEqual(["train/metadata.jsonl"]);
    expect(strFromU8(folder["train/metadata.jsonl"] ?? new Uint8Array())).toBe("1\n");
  });

  it("is not sent if it turns out to be too large", async () => {
    const read = async (): Promise<Buffer> => Buffer.alloc(2_000);
    expect(await zipExport(prepared(7), { read }, 1_000)).toBeUndefined();
  });
});
