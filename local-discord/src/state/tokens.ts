import { randomBytes } from "node:crypto";

function base64(text: string): string {
  return Buffer.from(text).toString("base64url");
}

/** Generates a token of three parts. The first is the application id, as client libraries expect. */
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
