import {
  ApplicationCommandCreateRequestSchema,
  ApplicationCommandPatchRequestPartialSchema,
  ApplicationCommandUpdateRequestSchema,
} from "discord-api-spec/zod";
import type { Context, Hono } from "hono";
import { z } from "zod/mini";
import type { Discord } from "../state/discord.ts";
import { missingAccess } from "../errors.ts";
import { assertCommand, assertCommands } from "./command-rules.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

const bulk = z.array(ApplicationCommandUpdateRequestSchema);

/**
 * Serves global and guild commands.
 * @see https://discord.com/developers/docs/interactions/application-commands#endpoints
 */
export function commandRoutes(api: Hono, { world, commands }: Discord): void {
  function scopeOf(c: Context): string | null {
    const guild = c.req.param("guild") ?? null;
    const known = guild === null || world.guilds.some(({ id }) => id === guild);
    if (!known || c.req.param("application") !== world.applicationId) throw missingAccess();
    return guild;
  }
  for (const path of [
    "/applications/:application/commands",
    "/applications/:application/guilds/:guild/commands",
  ]) {
    api.get(path, (c) => c.json(commands.list(scopeOf(c))));
    api.put(path, async (c) => {
      const { json } = await requestBody(c);
      const bodies = validate(bulk, withNumbers(json));
      assertCommands(bodies);
      return c.json(commands.overwrite(scopeOf(c), bodies));
    });
    api.post(path, async (c) => {
      const { json } = await requestBody(c);
      const body = validate(ApplicationCommandCreateRequestSchema, withNumbers(json));
      assertCommand(body);
      return c.json(commands.upsert(scopeOf(c), body), 201);
    });
    api.get(`${path}/:id`, (c) => c.json(commands.get(scopeOf(c), c.req.param("id"))));
    api.patch(`${path}/:id`, async (c) => {
      const { json } = await requestBody(c);
      const body = validate(ApplicationCommandPatchRequestPartialSchema, withNumbers(json));
      const before = commands.get(scopeOf(c), c.req.param("id"));
      const options = "options" in body ? body.options : before.options;
      assertCommand({ ...before, name: body.name ?? before.name, options });
      return c.json(commands.patch(scopeOf(c), c.req.param("id"), body));
    });
    api.delete(`${path}/:id`, (c) => {
      commands.remove(scopeOf(c), c.req.param("id"));
      return c.body(null, 204);
    });
  }
}

const digits = z.object({ default_member_permissions: z.string().check(z.regex(/^\d{1,16}$/)) });

/** Turns permissions into numbers: Discord documents and accepts strings of digits, but its published schemas want numbers. */
function withNumbers(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withNumbers);
  const { data } = digits.safeParse(json);
  if (data === undefined || typeof json !== "object") return json;
  return { ...json, default_member_permissions: Number(data.default_member_permissions) };
}
