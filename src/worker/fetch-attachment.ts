import { MAX_UPLOAD_BYTES } from "../labeling/images.ts";

/** Deadline for the whole file. */
const FETCH_DEADLINE_MS = 20_000;

type Fetched =
  | { ok: true; bytes: Buffer }
  | { ok: false; refusal: "foreign" | "gone" | "too-large" | "unreachable" };

export type FetchAttachment = (url: string) => Promise<Fetched>;

/**
 * Makes a function that fetches attachments from Discord's servers only, up to the accepted size. It never rejects; the
 * refusal "unreachable" is worth another try.
 * @param origins such as "https://cdn.discordapp.com"
 */
export function attachmentFetcher(origins: readonly string[]): FetchAttachment {
  return async (url) => {
    if (!isOn(origins, url)) return { ok: false, refusal: "foreign" };
    try {
      const response = await fetch(url, {
        redirect: "manual",
        signal: AbortSignal.timeout(FETCH_DEADLINE_MS),
      });
      if (response.ok && response.body !== null) return await collect(response.body);
      return { ok: false, refusal: refusalOf(response.status) };
    } catch {
      return { ok: false, refusal: "unreachable" };
    }
  };
}

/** Whether the URL has one of these origins. */
export function isOn(origins: readonly string[], url: string): boolean {
  return origins.includes(URL.parse(url)?.origin ?? "");
}

function refusalOf(status: number): "foreign" | "gone" | "unreachable" {
  if (status >= 300 && status < 400) return "foreign";
  // 408 and 429 ask for another try. Other statuses mean that the signature has expired or the file was deleted.
  return status >= 500 || status === 408 || status === 429 ? "unreachable" : "gone";
}

/** Reads at most the accepted size, whatever `Content-Length` says. */
async function collect(body: ReadableStream<Uint8Array>): Promise<Fetched> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > MAX_UPLOAD_BYTES) return { ok: false, refusal: "too-large" };
    chunks.push(chunk);
  }
  return { ok: true, bytes: Buffer.concat(chunks) };
}
