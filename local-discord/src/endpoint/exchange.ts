import { STATUS_CODES } from "node:http";
import { HonoRequest } from "hono/request";
import { realElapsed } from "../real-time.ts";
import { type RequestBody, requestBody } from "../rest/request-body.ts";
import type { Discord } from "../state/discord.ts";
import type { TrafficRecord } from "../state/traffic.ts";
import { sendSigned, type SignedResponse, whyUnanswered } from "./send.ts";

/** Number of characters of an unusable answer that a problem shows. */
const EXCERPT_LENGTH = 100;

/** What the endpoint answered. */
export interface EndpointAnswer extends Pick<SignedResponse, "status" | "type"> {
  /** Text of the body, as far as it is not a form. */
  text: string;
  /** The body; undefined if it is empty or unreadable. */
  body: RequestBody | undefined;
}

interface Exchange {
  url: string;
  /** The interaction, or a PING. */
  payload: object;
  forged?: boolean;
  signal: AbortSignal;
  /** Returns what is wrong with the answer, as in "answered 404 Not Found"; undefined for a good answer. */
  judge: (answer: EndpointAnswer) => string | undefined;
}

/** What an exchange led to. */
export interface Outcome {
  problem: string | undefined;
  record: TrafficRecord;
}

/** Sends something to the endpoint, and judges the answer. The record is not yet in the traffic. */
export async function exchange(
  { world, now }: Discord,
  { url, payload, forged = false, signal, judge }: Exchange,
): Promise<Outcome> {
  const started = realElapsed();
  const body = JSON.stringify(payload);
  const sent = { url, body, key: world.signingKey, timestamp: Math.floor(now() / 1_000), forged, signal };
  const received = await sendSigned(sent).then(readAnswer, whyUnanswered);
  const answered = typeof received === "string" ? undefined : received;
  const took = Math.round(realElapsed() - started);
  const problem = typeof received === "string" ? received : judge(received);
  const { json, files = [] } = answered?.body ?? {};
  const record: TrafficRecord = {
    kind: "endpoint",
    title: `POST ${url}`,
    took,
    response: body,
    ...(forged ? { forged } : {}),
    ...(problem === undefined ? {} : { problem }),
    ...(answered ? { status: answered.status } : {}),
    ...(answered?.body || answered?.text ? { request: JSON.stringify(json ?? answered.text) } : {}),
    ...(files.length > 0 ? { files: files.map(({ name, bytes }) => ({ name, size: bytes.length })) } : {}),
  };
  return { problem, record };
}

async function readAnswer({ status, type, bytes }: SignedResponse): Promise<EndpointAnswer> {
  const text = type.startsWith("multipart/form-data") ? "" : bytes.toString();
  if (bytes.length === 0) return { status, type, text, body: undefined };
  const headers = { "content-type": type };
  const request = new Request("http://127.0.0.1/", { method: "POST", headers, body: bytes });
  const body = await requestBody({ req: new HonoRequest(request) }).catch(() => undefined);
  return { status, type, text, body };
}

/** Describes an answer that is not what it should be. */
export function described({ status, text }: EndpointAnswer): string {
  const short = text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}…` : text;
  const name = STATUS_CODES[status];
  return `${status}${name === undefined ? "" : ` ${name}`}${short === "" ? "" : ` and ${JSON.stringify(short)}`}`;
}
