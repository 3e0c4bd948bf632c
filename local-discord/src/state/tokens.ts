import { randomBytes } from "node:crypto";

function base64(text: string): string {
  return Buffer.from(text).toString("base64url");
}

/** Three parts of which the first is the application id, as clients that parse tokens expect. */
export function botToken(applicationId: string): string {
  return [
    base64(applicationId),
    randomBytes(4).toString("base64url"),
    randomBytes(28).toString("base64url"),
  ].join(".");
}

export function interactionToken(interactionId: string): string {
  return base64(`interaction:${interactionId}:${randomBytes(48).toString("base64url")}`);
}
