import pLimit from "p-limit";
import { MAX_UPLOAD, type ImageRefusal } from "../labeling/image.ts";
import type { CheckedImage } from "./checked-image.ts";
import { decodingProcess, ProcessDiedError, type DecodingProcess } from "./decoding-process.ts";
import { imageTypeOf } from "./image-type.ts";
import { memoryLimit } from "./memory-limit.ts";

/** Never rejects for what is in the file, only when no process can be started for it. */
export type CheckImage = (uploaded: Buffer) => Promise<CheckedImage>;

const DECODING_CONCURRENCY = 2;
/** Of what decoding is estimated to take; each process has about 90 MiB besides. */
const SHARED_BYTES = 224 * 1024 * 1024;
/** A photograph of 12 megapixels as JPEG, turned as telephones do. */
const SMALL_BYTES = 160 * 1024 * 1024;
/** A process may die of something else than its file: of the system's want of memory, say. */
const MAX_ATTEMPTS = 2;

/**
 * The one gate to the image set. It looks at the bytes alone, never at a name or content type, and what it gives to be
 * kept is encoded anew: upright, in sRGB, without metadata, and without whatever else was in the file. Make one in a
 * process and hand it on: two decodings at a time are all that memory is reckoned for. Those that wait hold their file.
 * @param start starts a process to decode in
 */
export function imageChecker(start: () => DecodingProcess = () => decodingProcess()): CheckImage {
  const limit = pLimit(DECODING_CONCURRENCY);
  const memory = memoryLimit({ bytes: SHARED_BYTES, small: SMALL_BYTES });
  const idle: DecodingProcess[] = [];

  async function decoded(uploaded: Buffer): Promise<CheckedImage> {
    let decodingMs = 0;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const decoding = takeIdle() ?? start();
      try {
        const checked = await decoding.reencode(uploaded, memory);
        return { ...checked, decodingMs: decodingMs + checked.decodingMs };
      } catch (error) {
        if (!(error instanceof ProcessDiedError)) throw error;
        decodingMs += error.decodingMs;
      } finally {
        if (!decoding.ended) idle.push(decoding);
      }
    }
    return { ok: false, refusal: "damaged", decodingMs };
  }

  /** One may have died while it was idle. */
  function takeIdle(): DecodingProcess | undefined {
    for (let decoding = idle.pop(); decoding !== undefined; decoding = idle.pop())
      if (!decoding.ended) return decoding;
    return undefined;
  }

  return async (uploaded) => {
    const refusal = refusalBySight(uploaded);
    return refusal === undefined ? limit(() => decoded(uploaded)) : { ok: false, refusal, decodingMs: 0 };
  };
}

function refusalBySight(uploaded: Buffer): ImageRefusal | undefined {
  if (uploaded.length === 0) return "empty";
  if (uploaded.length > MAX_UPLOAD) return "too-large";
  const type = imageTypeOf(uploaded);
  if (type === undefined) return "other-format";
  return type === "heic" ? "heic" : undefined;
}
