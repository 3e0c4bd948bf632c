import type { Secrets } from "./secrets.ts";

function base64(text: string): string {
  return Buffer.from(text).toString("base64url");
}

/** Generates a token of three parts. The first is the application id, as client libraries expect. */
export function botToken(applicationId: string, secrets: Secrets): string {
  const random = secrets("bot token", 32);
  return [
    base64(applicationId),
    random.subarray(0, 4).toString("base64url"),
    random.subarray(4).toString("base64url"),
  ].join(".");
}

/** Returns the application id in a bot's token; undefined for a token without one. */
export function applicationIdOf(token: string): string | undefined {
  const id = Buffer.from(token.split(".")[0] ?? "", "base64url").toString();
  return /^\d{17,20}$/.test(id) ? id : undefined;
}

export function interactionToken(interactionId: string, secrets: Secrets): string {
  const random = secrets(`interaction ${interactionId}`, 48).toString("base64url");
  return base64(`interaction:${interactionId}:${random}`);
}
