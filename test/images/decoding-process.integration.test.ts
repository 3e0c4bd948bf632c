import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { imageChecker } from "../../src/images/check-image.ts";
import {
  decodingProcess,
  ProcessDiedError,
  type DecodingLimits,
  type DecodingProcess,
} from "../../src/images/decoding-process.ts";
import type { MemoryLimit } from "../../src/images/decoding-memory.ts";
import * as made from "./files.ts";
import { PATIENT_LIMITS } from "./patient-limits.ts";

/** An image that takes a while to decode and to encode. */
const noisy = await made.photo(1_000, 750).png({ compressionLevel: 1 }).toBuffer();
/** Takes so long that the parent looks at the memory several times, even on a busy machine. */
const large = await made.flat(5_000, 5_000).png().toBuffer();
const noLimit: MemoryLimit = (_bytes, work) => work();

/** What goes wrong, the limit that is exceeded, the file, and the refusal. */
const LIMITS: [string, Partial<DecodingLimits>, Buffer, string][] = [
  ["the header takes too long", { headerMs: 0 }, noisy, "too-slow"],
  ["the picture takes too long", { pictureMs: 0 }, noisy, "too-slow"],
  ["it uses more memory than the file may use", { residentBytes: () => 1 }, large, "too-much-memory"],
];

describe("the decoding process", () => {
  it("fails its file when it ends, and accepts no further files", async () => {
    const decoding = decodingProcess();
    await decoding.reencode(await made.flat(1, 1).png().toBuffer(), noLimit);
    const outcome = decoding.reencode(noisy, (_bytes, work) => {
      decoding.end();
      return work();
    });
    await expect(outcome).rejects.toThrow(ProcessDiedError);
    expect(decoding.ended).toBe(true);
    await expect(decoding.reencode(noisy, noLimit)).rejects.toThrow(ProcessDiedError);
  });

  it("reports that it did not start", async () => {
    const decoding = decodingProcess({ ...PATIENT_LIMITS, startMs: 0 });
    await expect(decoding.reencode(made.png(1, 1), noLimit)).rejects.toThrow("did not start");
  });

  it.each(LIMITS)(
    "is killed by its parent when %s, and the file is refused",
    async (_what, limits, file, refusal) => {
      const decoding = decodingProcess({ ...PATIENT_LIMITS, ...limits });
      const checked = await decoding.reencode(file, noLimit);
      expect(checked).toMatchObject({ ok: false, refusal });
      expect(checked.decodingMs).toBeGreaterThan(0);
      expect(decoding.ended).toBe(true);
    },
  );
});

describe("an image checker", () => {
  /** A checker whose processes end in the middle of the deadly file, the first `times` times. */
  function checker(deadly: Buffer, times: number) {
    let deaths = 0;
    const started: DecodingProcess[] = [];
    const check = imageChecker(() => {
      const decoding = decodingProcess();
      started.push(decoding);
      return {
        ...decoding,
        get ended() {
          return decoding.ended;
        },
        reencode: (uploaded, memory) =>
          decoding.reencode(uploaded, (bytes, work) =>
            memory(bytes, () => {
              if (uploaded === deadly && deaths < times) {
                deaths += 1;
                decoding.end();
              }
              return work();
            }),
          ),
      };
    });
    return { check, started };
  }

  it("refuses a file that has crashed two processes, and no other file", async () => {
    const { check, started } = checker(noisy, 2);
    const harmless = await made.redAndBlue().png().toBuffer();
    expect(await check(harmless)).toMatchObject({ ok: true });
    const outcomes = await Promise.all([harmless, noisy, harmless].map((file) => check(file)));
    expect(outcomes).toMatchObject([{ ok: true }, { ok: false, refusal: "damaged" }, { ok: true }]);
    expect(started.filter(({ ended }) => ended)).toHaveLength(2);
    expect(await check(harmless)).toMatchObject({ ok: true });
  });

  it("exits silently when its parent process is gone before it is ready", async () => {
    const parent = spawn(process.execPath, [join(import.meta.dirname, "killed-parent.ts")], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    // The decoding process inherits stderr, so the text ends when it exits.
    expect(await text(parent.stderr)).toBe("");
  });

  it("tries a file in another process when one has died for another reason", async () => {
    const { check } = checker(noisy, 1);
    expect(await check(noisy)).toMatchObject({ ok: true });
  });

  it("uses two processes for any number of files", async () => {
    const { check, started } = checker(Buffer.alloc(0), 0);
    const file = await made.redAndBlue().png().toBuffer();
    await Promise.all(Array.from({ length: 12 }, () => check(file)));
    expect(started).toHaveLength(2);
  });
});
