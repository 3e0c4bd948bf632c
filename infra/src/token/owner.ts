/**
 * Asks Discord for the name of the token's bot.
 * @throws Error with a message for the person who typed the token
 * @see https://docs.discord.com/developers/resources/user#get-current-user
 */
export async function ownerOf(token: string, api: string): Promise<string> {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token))
    throw new Error("This is not a bot token. A token has three parts separated by dots.");
  const answer = await fetch(`${api}/v10/users/@me`, { headers: { authorization: `Bot ${token}` } });
  if (answer.status === 401)
    throw new Error(
      "Discord does not accept this token: reset it (Developer Portal → your application → Bot).",
    );
  if (!answer.ok) throw new Error(`Discord could not check the token: it answered ${answer.status}.`);
  const owner: unknown = await answer.json();
  return typeof owner === "object" && owner !== null && "username" in owner
    ? String(owner.username)
    : "unnamed";
}
