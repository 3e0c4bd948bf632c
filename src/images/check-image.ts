import pLimit from "p-limit";
import { MAX_UPLOAD_BYTES, type ImageRefusal } from "../labeling/images.ts";
import { memoryLimit } from "./decoding-memory.ts";
import { decodingProcess, ProcessDiedError, type DecodingProcess } from "./decoding-process.ts";
import { imageTypeOf } from "./image-type.ts";
import type { CheckedImage } from "./reencode.ts";

/** Checks an uploaded file. Rejects only when no process can be started, never because of what is in the file. */
export type CheckImage = (uploaded: Buffer) => Promise<CheckedImage>;

const DECODING_CONCURRENCY = 2;
/** Memory that decodings share, by their estimates. Each process takes about 90 MiB more. */
const SHARED_BYTES = 224 * 1024 * 1024;
/** Enough for a JPEG photograph of 12 megapixels that has to be turned, as from a phone. */
const SMALL_BYTES = 160 * 1024 * 1024;
/** The file gets a second attempt, because a process may die for other reasons, such as a system that is out of memory. */
const MAX_ATTEMPTS = 2;

/**
 * Makes the check that every image passes before it is added to the set. The check looks at the bytes, never at a name or content
 * type, and returns a new encoding of the picture: upright, in sRGB, without metadata or anything else that was in the file.
 * Share one checker per process, because each has its own limits of concurrency and memory. Waiting uploads stay in memory.
 */
export function imageChecker(start: () => DecodingProcess = () => decodingProcess()): CheckImage {
  const limit = pLimit(DECODING_CONCURRENCY);
  const memory = memoryLimit({ bytes: SHARED_BYTES, small: SMALL_BYTES });
  const idle: DecodingProcess[] = [];

  async function decode(uploaded: Buffer): Promise<CheckedImage> {
    let decodingMs = 0;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      let decoding = idle.pop();
      // A process may have died while it was idle.
      while (decoding?.ended === true) decoding = idle.pop();
      decoding ??= start();
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

  return async (uploaded) => {
    const refusal = refusalBySignature(uploaded);
    return refusal === undefined ? limit(() => decode(uploaded)) : { ok: false, refusal, decodingMs: 0 };
  };
}

function refusalBySignature(uploaded: Buffer): ImageRefusal | undefined {
  if (uploaded.length === 0) return "empty";
  if (uploaded.length > MAX_UPLOAD_BYTES) return "too-large";
  const type = imageTypeOf(uploaded);
  if (type === undefined) return "other-format";
  return type === "heic" ? "heic" : undefined;
}
