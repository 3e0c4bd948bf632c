import { setTimeout as waitForMilliseconds } from "node:timers/promises";
import { RESTJSONErrorCodes } from "discord-api-types/v10";

/** Discord's answers for an interaction token that has expired. */
export const TOKEN_EXPIRED = [RESTJSONErrorCodes.InvalidWebhookToken, RESTJSONErrorCodes.UnknownWebhook];

/** Discord's answers for a channel that the bot may not see, or that is deleted. */
export const NO_CHANNEL_ACCESS = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
];

/** Pauses before the second and each further attempt, in milliseconds. */
const RETRY_PAUSES_MS = [250, 500, 1_000, 2_000];

/** Whether Discord refused a request. By name: the DiscordAPIError of discord.js is another class than that of @discordjs/rest. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name.startsWith("DiscordAPIError");
}

/** Whether Discord refused a request with one of these codes. */
export function hasErrorCode(error: unknown, codes: readonly RESTJSONErrorCodes[]): boolean {
  return isRefusal(error) && "code" in error && codes.some((code) => code === error.code);
}

/**
 * Retries a request about a message of our own while Discord answers that the message does not exist: shortly after creating
 * a message, Discord may not find it yet.
 */
export async function retryUnknownMessage<T>(
  request: () => Promise<T>,
  wait: (milliseconds: number) => Promise<unknown> = waitForMilliseconds,
): Promise<T> {
  for (const pause of RETRY_PAUSES_MS) {
    try {
      return await request();
    } catch (error) {
      if (!hasErrorCode(error, [RESTJSONErrorCodes.UnknownMessage])) throw error;
    }
    await wait(pause);
  }
  return request();
}

/**
 * Retries a request once if the connection broke before the response. @discordjs/rest retries after a reset (ECONNRESET) but
 * not after a connection that was closed properly (UND_ERR_SOCKET). Discord may have carried out the first request, so use
 * this only for requests that may be repeated.
 */
export async function retryConnectionLoss<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (isRefusal(error)) throw error;
    return request();
  }
}
