import { expect, it } from "vitest";
import { localPath } from "../../src/preload/addresses.ts";

it.each([
  ["discord.com", "/api/v10/users/@me", "/api/v10/users/@me"],
  ["canary.discord.com", "/api/webhooks/1/x?wait=true", "/api/webhooks/1/x?wait=true"],
  ["discordapp.com", "/api/v9/gateway", "/api/v9/gateway"],
  ["cdn.discordapp.com", "/avatars/1/a.png", "/avatars/1/a.png"],
  ["media.discordapp.net", "/attachments/1/2/a.png", "/attachments/1/2/a.png"],
  ["gateway.discord.gg", "/?v=10&encoding=json", "/gateway?v=10&encoding=json"],
  ["gateway.discord.gg", "/", "/gateway"],
  ["gateway-us-east1-b.discord.gg", "/?v=10", "/gateway?v=10"],
  ["discord.com.example.org", "/api", undefined],
  ["example.org", "/discord.com", undefined],
  ["discord.gg", "/abc", undefined],
])("the local path of https://%s%s is %s", (host, path, local) => {
  expect(localPath(host, path)).toBe(local);
});
