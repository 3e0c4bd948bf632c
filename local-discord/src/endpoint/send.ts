import { request as httpRequest, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type { SigningKey } from "../state/signing-key.ts";

export interface SignedRequest {
  url: string;
  /** JSON text. */
  body: string;
  key: SigningKey;
  /** Seconds since 1970. */
  timestamp: number;
  /** Whether the signature is that of another text. */
  forged: boolean;
  /** Ends the request. */
  signal: AbortSignal;
}

export interface SignedResponse {
  status: number;
  /** Its Content-Type; "" without one. */
  type: string;
  bytes: Buffer<ArrayBuffer>;
}

/**
 * Posts a signed request to the interactions endpoint. Redirects are not followed.
 * @throws Error of Node's HTTP client
 * @see https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint-validating-security-request-headers
 */
export async function sendSigned({
  url,
  body,
  key,
  timestamp,
  forged,
  signal,
}: SignedRequest): Promise<SignedResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "user-agent": "Discord-Interactions/1.0 (+https://discord.com)",
    "x-signature-ed25519": key.sign(`${timestamp}${forged ? " " : ""}${body}`),
    "x-signature-timestamp": String(timestamp),
  };
  httpRequest(url, { method: "POST", agent: false, headers, signal }, resolve).on("error", reject).end(body);
  const response = await promise;
  const bytes = Buffer.from(await buffer(response));
  return { status: response.statusCode ?? 0, type: response.headers["content-type"] ?? "", bytes };
}

/** Says why there is no response, after the URL of the endpoint. */
export function whyUnanswered(error: unknown): string {
  if (!(error instanceof Error)) return `cannot be reached (${String(error)})`;
  const code = "code" in error ? error.code : undefined;
  if (code === "ECONNREFUSED") return NOBODY_LISTENS;
  if (code === "ABORT_ERR") return "did not answer within 3 s";
  if (code === "ECONNRESET") return "closed the connection without an answer";
  return `cannot be reached (${error.message})`;
}

export const NOBODY_LISTENS = "cannot be reached, because nothing listens there";
