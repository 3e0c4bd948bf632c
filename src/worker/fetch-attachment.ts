import { MAX_UPLOAD } from "../domain/image.ts";

/** Milliseconds for the whole file. */
const TIME_OUT = 20_000;

type Fetched = { ok: true; bytes: Buffer } | { ok: false; refusal: "foreign" | "gone" | "too-large" };

export type FetchAttachment = (url: string) => Promise<Fetched>;

/**
 * Fetches what somebody attached, from Discord's own servers only, up to the size that is accepted.
 * @param origins as in "https://cdn.discordapp.com"
 * @returns a fetch that throws when the server cannot be reached or fails, so that it is worth another try
 */
export function attachmentFetcher(origins: readonly string[]): FetchAttachment {
  return async (url) => {
    if (!origins.includes(new URL(url).origin)) return { ok: false, refusal: "foreign" };
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(TIME_OUT) });
    if (response.status >= 500) throw new Error(`the attachment's server answered ${response.status}`);
    // Its signature has run out, or it was deleted.
    if (!response.ok || response.body === null) return { ok: false, refusal: "gone" };
    return collect(response.body);
  };
}

/** Whatever length the server claims, no more than is accepted is held. */
async function collect(body: ReadableStream<Uint8Array>): Promise<Fetched> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > MAX_UPLOAD) return { ok: false, refusal: "too-large" };
    chunks.push(chunk);
  }
  return { ok: true, bytes: Buffer.concat(chunks) };
}
