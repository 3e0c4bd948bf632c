import { REST, Routes } from "discord.js";
import { expect, it } from "vitest";
import { openLocalDiscord } from "./bot.ts";

/** Not a literal, because the types of the package are sources that this project's TypeScript options refuse. */
const specification: string = "discord-api-spec";
/** By method, the paths of all routes, as in "/guilds/{guild_id}". */
const { pathsList } = (await import(specification)) as {
  pathsList: Readonly<Record<string, readonly string[]>>;
};
const METHODS = ["get", "put", "post", "patch", "delete"];

it("every route of Discord is served, or refused by the name of its feature", async () => {
  const discord = await openLocalDiscord({ rateLimits: false });
  const { api, applicationId, botToken, channelId } = discord;
  const authorization = `Bot ${botToken}`;
  /** Whether nothing is known of a route. */
  async function isUnknown(method: string, path: string): Promise<boolean> {
    const response = await fetch(`${api}/v10${path}`, {
      method: method.toUpperCase(),
      headers: { authorization },
    });
    return (await response.text()).includes("the local Discord does not serve");
  }
  const known = new Map([
    ["application_id", applicationId],
    ["channel_id", channelId],
    ["emoji_name", "🔥"],
  ]);
  const asked = Object.entries(pathsList).flatMap(([method, paths]) =>
    paths.map(
      (path) => [method, path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known.get(name) ?? "1")] as const,
    ),
  );
  const unknown: string[] = [];
  for (const [method, path] of asked) if (await isUnknown(method, path)) unknown.push(`${method} ${path}`);
  expect(unknown).toEqual([]);
  expect(asked.length).toBeGreaterThan(230);

  // The methods of these are not listed anywhere.
  const routes = Object.values(Routes as unknown as Record<string, (...ids: string[]) => string>);
  const paths = new Set(routes.map((route) => route.call(Routes, "1", "2", "3", "4")));
  for (const path of paths) {
    const ofChannel = path
      .replace("/channels/1", `/channels/${channelId}`)
      .replace("/archived/2", "/archived/public");
    const results = await Promise.all(METHODS.map((method) => isUnknown(method, ofChannel)));
    if (results.every(Boolean)) unknown.push(path);
  }
  expect(unknown).toEqual([]);

  const rest = new REST({ api }).setToken(botToken);
  const refused = (feature: string) => ({
    status: 404,
    message: `404: Not Found (the local Discord does not have ${feature})`,
  });
  await expect(rest.get(Routes.guildAuditLog("1"))).rejects.toMatchObject(refused("the audit log"));
  await expect(rest.post(Routes.channelInvites(channelId))).rejects.toMatchObject(refused("invites"));
  await expect(rest.get(Routes.voiceRegions())).rejects.toMatchObject(refused("voice"));
  const uses = discord.notBuilt().filter((use) => use.includes("does not have invites"));
  expect(uses).toEqual([expect.stringContaining("which the bot used")]);
});
