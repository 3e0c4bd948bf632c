import type { APIMessage, APIThreadChannel } from "discord-api-types/v10";
import type {
  ClientInteraction,
  ClientMessage,
  ClientNewThread,
  ClientThreadEdit,
  ClientPerson,
} from "../../src/client-protocol.ts";

/** The server refused a request. The message is the server's. */
export class RefusedError extends Error {
  /** By custom id, the server's sentences about inputs of a modal. */
  readonly errors: Readonly<Record<string, string>>;

  constructor(message: string, errors: Readonly<Record<string, string>> = {}) {
    super(message);
    this.errors = errors;
  }
}

export async function postInteraction(
  interaction: ClientInteraction,
  files: readonly File[] = [],
): Promise<void> {
  await send("POST", "/client/interactions", interaction, files);
}

export async function postMessage(
  channelId: string,
  message: ClientMessage,
  files: readonly File[],
): Promise<APIMessage> {
  const response = await send("POST", `${pathOf(channelId)}/messages`, message, files);
  const posted: APIMessage = await response.json();
  return posted;
}

export async function postThread(
  channelId: string,
  thread: ClientNewThread,
  files: readonly File[],
): Promise<APIThreadChannel> {
  const response = await send("POST", `${pathOf(channelId)}/threads`, thread, files);
  const created: APIThreadChannel = await response.json();
  return created;
}

export async function patchThread(threadId: string, changes: ClientThreadEdit): Promise<void> {
  await send("PATCH", pathOf(threadId), changes);
}

/** Adds a member to a thread (PUT), or removes one. */
export async function changeThreadMember(
  method: "PUT" | "DELETE",
  { threadId, memberId }: { threadId: string; memberId: string },
  by: ClientPerson,
): Promise<void> {
  await send(method, `${pathOf(threadId)}/thread-members/${encodeURIComponent(memberId)}`, by);
}

/** Adds the person's reaction to a message (PUT), or removes it. */
export async function changeReaction(
  method: "PUT" | "DELETE",
  { messageId, emoji }: { messageId: string; emoji: string },
  by: ClientPerson,
): Promise<void> {
  const path = `/client/messages/${encodeURIComponent(messageId)}/reactions/${encodeURIComponent(emoji)}`;
  await send(method, path, by);
}

/** Pins a message (PUT), or unpins it. */
export async function changePin(
  method: "PUT" | "DELETE",
  messageId: string,
  by: ClientPerson,
): Promise<void> {
  await send(method, `/client/messages/${encodeURIComponent(messageId)}/pin`, by);
}

export async function postTyping(channelId: string, by: ClientPerson): Promise<void> {
  await send("POST", `${pathOf(channelId)}/typing`, by);
}

function pathOf(channelId: string): string {
  return `/client/channels/${encodeURIComponent(channelId)}`;
}

async function send(
  method: string,
  path: string,
  body: ClientInteraction | ClientMessage | ClientNewThread | ClientPerson | ClientThreadEdit,
  files: readonly File[] = [],
): Promise<Response> {
  const response = await fetch(path, { method, ...encoded(JSON.stringify(body), files) });
  if (!response.ok) throw await refusal(response);
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

async function refusal(response: Response): Promise<RefusedError> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== "object" || body === null || !("message" in body) || typeof body.message !== "string") {
    return new RefusedError(`${response.status} ${response.statusText}`);
  }
  const errors = "errors" in body && typeof body.errors === "object" ? Object.entries(body.errors ?? {}) : [];
  return new RefusedError(
    body.message,
    Object.fromEntries(errors.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
  );
}
