import type { Context, Hono } from "hono";
import type { Discord } from "../state/discord.ts";
import { botGuilds } from "../state/world.ts";
import { missingAccess } from "../errors.ts";
import { changedCommand, commandList, newCommand } from "./command-body.ts";
import { assertCommand, assertCommands } from "./command-rules.ts";
import { notBuiltIn } from "./not-built-commands.ts";

/**
 * Serves global and guild commands.
 * @param log gets one line for each registered command that needs a feature that is not built
 * @see https://discord.com/developers/docs/interactions/application-commands#endpoints
 */
export function commandRoutes(api: Hono, { world, commands }: Discord, log: (line: string) => void): void {
  function scopeOf(c: Context) {
    const guildId = c.req.param("guild") ?? null;
    const known = guildId === null || botGuilds(world).some(({ id }) => id === guildId);
    if (!known || c.req.param("application") !== world.applicationId) throw missingAccess();
    return { guildId, registered: commands.list(guildId) };
  }
  function logNotBuilt(command: Parameters<typeof notBuiltIn>[0]): void {
    const missing = notBuiltIn(command);
    if (missing.length === 0) return;
    log(`The command ${command.name} needs what the local Discord does not have: ${missing.join(", ")}.`);
  }
  for (const path of [
    "/applications/:application/commands",
    "/applications/:application/guilds/:guild/commands",
  ]) {
    api.get(path, (c) => c.json(scopeOf(c).registered));
    api.put(path, async (c) => {
      const bodies = await commandList(c);
      const scope = scopeOf(c);
      assertCommands(bodies, scope);
      bodies.forEach(logNotBuilt);
      return c.json(commands.overwrite(scope.guildId, bodies));
    });
    api.post(path, async (c) => {
      const body = await newCommand(c);
      const scope = scopeOf(c);
      assertCommand(body, scope);
      logNotBuilt(body);
      return c.json(commands.upsert(scope.guildId, body), 201);
    });
    api.get(`${path}/:id`, (c) => c.json(commands.get(scopeOf(c).guildId, c.req.param("id"))));
    api.patch(`${path}/:id`, async (c) => {
      const body = await changedCommand(c);
      const scope = scopeOf(c);
      const before = commands.get(scope.guildId, c.req.param("id"));
      assertCommand({ ...before, ...body, name: body.name ?? before.name, type: before.type }, scope);
      const command = commands.patch(scope.guildId, before.id, body);
      logNotBuilt(command);
      return c.json(command);
    });
    api.delete(`${path}/:id`, (c) => {
      commands.remove(scopeOf(c).guildId, c.req.param("id"));
      return c.body(null, 204);
    });
  }
}
