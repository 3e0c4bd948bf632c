import { ask } from "./ask.ts";
import { ownerOf } from "./owner.ts";
import type { TokenParameter } from "./parameter.ts";

type Host = Pick<NodeJS.Process, "stdin" | "stdout" | "env">;

/**
 * Asks for the token, checks it with Discord, and stores it.
 * @returns false for an empty answer, which stores nothing
 * @throws Error with a message for the person who typed the token
 */
export async function setToken(parameter: TokenParameter, host: Host): Promise<boolean> {
  const token = await ask("Bot token (Developer Portal → your application → Bot → Reset Token): ", host);
  if (token === "") return false;
  const owner = await ownerOf(token, host.env["DISCORD_API"] ?? "https://discord.com/api");
  await parameter.put(token);
  host.stdout.write(`The token of ${owner} was stored.\n`);
  return true;
}
