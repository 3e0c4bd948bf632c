import { DiscordAPIError } from "discord.js";

/**
 * Sends a request once more when the connection broke before its answer came. discord.js tries again after a reset
 * (ECONNRESET) but not after a connection that was closed in order (UND_ERR_SOCKET), and Discord may have done what was
 * asked: only for requests that do no harm when they are done twice.
 */
export async function withSecondTry<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof DiscordAPIError) throw error;
    return request();
  }
}
