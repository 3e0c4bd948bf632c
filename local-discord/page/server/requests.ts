import type { APIMessage } from "discord-api-types/v10";
import type { ClientInteraction, ClientMessage } from "../../src/client-protocol.ts";

/** The server refused a request. The message is the server's. */
export class RefusedError extends Error {}

export async function postInteraction(
  interaction: ClientInteraction,
  files: readonly File[] = [],
): Promise<void> {
  await post("/client/interactions", interaction, files);
}

export async function postMessage(
  channelId: string,
  message: ClientMessage,
  files: readonly File[],
): Promise<APIMessage> {
  const response = await post(`/client/channels/${encodeURIComponent(channelId)}/messages`, message, files);
  const posted: APIMessage = await response.json();
  return posted;
}

async function post(
  path: string,
  body: ClientInteraction | ClientMessage,
  files: readonly File[],
): Promise<Response> {
  const response = await fetch(path, { method: "POST", ...encoded(JSON.stringify(body), files) });
  if (!response.ok) throw new RefusedError(await reasonIn(response));
  return response;
}

/** Encodes a request as JSON, or as a form if it has files. */
function encoded(json: string, files: readonly File[]): RequestInit {
  if (files.length === 0) return { headers: { "content-type": "application/json" }, body: json };
  const body = new FormData();
  body.set("payload_json", json);
  for (const [index, file] of files.entries()) body.set(`files[${index}]`, file, file.name);
  return { body };
}

async function reasonIn(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === "object" && body !== null && "message" in body && typeof body.message === "string") {
    return body.message;
  }
  return `${response.status} ${response.statusText}`;
}
