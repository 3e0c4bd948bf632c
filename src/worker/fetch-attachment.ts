import { MAX_UPLOAD } from "../labeling/image.ts";

/** Milliseconds for the whole file. */
const TIME_OUT = 20_000;

type Fetched =
  | { ok: true; bytes: Buffer }
  | { ok: false; refusal: "foreign" | "gone" | "too-large" | "unreachable" };

export type FetchAttachment = (url: string) => Promise<Fetched>;

/**
 * Fetches what somebody attached, from Discord's own servers only, up to the size that is accepted.
 * @param origins as in "https://cdn.discordapp.com"
 * @returns a fetch that never throws; "unreachable" is worth another try
 */
export function attachmentFetcher(origins: readonly string[]): FetchAttachment {
  return async (url) => {
    if (!isOn(origins, url)) return { ok: false, refusal: "foreign" };
    try {
      const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(TIME_OUT) });
      if (response.ok && response.body !== null) return await collect(response.body);
      return { ok: false, refusal: refusalOf(response.status) };
    } catch {
      return { ok: false, refusal: "unreachable" };
    }
  };
}

/** Whether the address is on one of these origins. */
export function isOn(origins: readonly string[], url: string): boolean {
  return origins.includes(URL.parse(url)?.origin ?? "");
}

function refusalOf(status: number): "foreign" | "gone" | "unreachable" {
  if (status >= 300 && status < 400) return "foreign";
  // 408 and 429: the server wants to be asked again. Else its signature has run out, or it was deleted.
  return status >= 500 || status === 408 || status === 429 ? "unreachable" : "gone";
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
