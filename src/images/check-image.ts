import pLimit from "p-limit";
import { MAX_UPLOAD, type ImageRefusal } from "../domain/image.ts";
import type { CheckedImage } from "./checked-image.ts";
import { decodingProcess, ProcessDiedError, type DecodingProcess } from "./decoding-process.ts";
import { imageTypeOf } from "./image-type.ts";

/** Never rejects for what is in the file, only when no process can be started for it. */
export type CheckImage = (uploaded: Buffer) => Promise<CheckedImage>;

interface Options {
  /** How long decoding and encoding one image may take; a whole number. */
  seconds?: number;
  /** Starts a process to decode in. */
  start?: typeof decodingProcess;
}

const AT_A_TIME = 2;

/**
 * The one gate to the image set. It looks at the bytes alone, never at a name or content type, and what it gives to be
 * kept is encoded anew: upright, in sRGB, without metadata, and without whatever else was in the file. Make one in a
 * process and hand it on: two decodings at a time are all that memory is reckoned for. Those that wait hold their file.
 */
export function imageChecker({ seconds = 30, start = decodingProcess }: Options = {}): CheckImage {
  const limit = pLimit(AT_A_TIME);
  let shared: DecodingProcess | undefined;

  async function decoded(uploaded: Buffer): Promise<CheckedImage> {
    if (shared === undefined || shared.ended) shared = start({ seconds });
    try {
      return await shared.encodeAnew(uploaded);
    } catch (error) {
      if (!(error instanceof ProcessDiedError)) throw error;
      return decodedAlone(uploaded);
    }
  }

  /** Another file may have been the one that the process died of. */
  async function decodedAlone(uploaded: Buffer): Promise<CheckedImage> {
    const own = start({ seconds });
    try {
      return await own.encodeAnew(uploaded);
    } catch (error) {
      if (!(error instanceof ProcessDiedError)) throw error;
      return { ok: false, refusal: error.tookTooLong ? "too-slow" : "damaged" };
    } finally {
      own.end();
    }
  }

  return async (uploaded) => {
    const refusal = refusalBySight(uploaded);
    return refusal === undefined ? limit(() => decoded(uploaded)) : { ok: false, refusal };
  };
}

function refusalBySight(uploaded: Buffer): ImageRefusal | undefined {
  if (uploaded.length === 0) return "empty";
  if (uploaded.length > MAX_UPLOAD) return "too-large";
  const type = imageTypeOf(uploaded);
  if (type === undefined) return "other-format";
  return type === "heic" ? "heic" : undefined;
}
