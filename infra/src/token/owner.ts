/**
 * What the bot of this token is called. https://docs.discord.com/developers/resources/user#get-current-user
 * @throws Error with a sentence for whoever has typed it
 */
export async function ownerOf(token: string, api: string): Promise<string> {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token))
    throw new Error("That is no bot token: it has three parts with dots between them.");
  const answer = await fetch(`${api}/v10/users/@me`, { headers: { authorization: `Bot ${token}` } });
  if (answer.status === 401)
    throw new Error(
      "Discord does not accept this token: reset it (Developer Portal → your application → Bot).",
    );
  if (!answer.ok)
    throw new Error(`Discord could not be asked about the token: it answered ${answer.status}.`);
  const owner: unknown = await answer.json();
  return typeof owner === "object" && owner !== null && "username" in owner
    ? String(owner.username)
    : "unnamed";
}
