import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { imageChecker } from "../../src/images/check-image.ts";
import {
  decodingProcess,
  ProcessDiedError,
  type DecodingProcess,
} from "../../src/images/decoding-process.ts";
import * as made from "./files.ts";

const noisy = (): Promise<Buffer> => made.photo(2_000, 1_500).png({ compressionLevel: 1 }).toBuffer();

describe("the process in which images are decoded", () => {
  it("fails what it has in hands when it ends, and takes no more", async () => {
    const decoding = decodingProcess({ seconds: 30 });
    await decoding.encodeAnew(await made.flat(1, 1).png().toBuffer());
    const file = await noisy();
    const outcomes = Promise.allSettled([decoding.encodeAnew(file), decoding.encodeAnew(file)]);
    decoding.end();
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(ProcessDiedError) });
    expect(decoding.ended).toBe(true);
  });

  it("is started anew when a file has brought it down; that one is refused, the other is not", async () => {
    const deadly = await noisy();
    const started: DecodingProcess[] = [];
    const start = (options: { seconds: number }): DecodingProcess => {
      const decoding = decodingProcess(options);
      started.push(decoding);
      return {
        ...decoding,
        get ended() {
          return decoding.ended;
        },
        async encodeAnew(uploaded) {
          const outcome = decoding.encodeAnew(uploaded);
          if (uploaded === deadly) decoding.end();
          return outcome;
        },
      };
    };
    const check = imageChecker({ start });
    const harmless = await made.redAndBlue().png().toBuffer();
    expect(await check(harmless)).toMatchObject({ ok: true });
    const outcomes = await Promise.all([harmless, deadly, harmless].map((file) => check(file)));
    expect(outcomes).toMatchObject([{ ok: true }, { ok: false, refusal: "damaged" }, { ok: true }]);
    expect(started.length).toBeGreaterThan(2);
  });

  it("ends without a word when whoever started it is gone before it is ready", async () => {
    const parent = spawn(process.execPath, [join(import.meta.dirname, "killed-parent.ts")], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    // Also open in the process itself, so it ends with it.
    expect(await text(parent.stderr)).toBe("");
  });

  it("has a peak of memory that it tells", async () => {
    const decoding = decodingProcess({ seconds: 30 });
    await decoding.encodeAnew(await noisy());
    expect(decoding.peak).toBeGreaterThan(20_000_000);
    expect(decoding.peak).toBeLessThan(512 * 1024 * 1024);
    decoding.end();
  });
});
