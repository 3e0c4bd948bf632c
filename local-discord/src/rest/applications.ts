import { ApplicationFormPartialSchema } from "discord-api-spec/zod";
import type { Hono } from "hono";
import type { InteractionsEndpoint } from "../endpoint/endpoint.ts";
import { EndpointRefusedError } from "../endpoint/endpoint-refused.ts";
import { invalidForm, notBuilt } from "../errors.ts";
import { applicationFlags } from "../state/application.ts";
import type { Discord } from "../state/discord.ts";
import { botGuilds } from "../state/world.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

/**
 * The application is private: only its owner can add it to a guild.
 * @see https://discord.com/developers/docs/resources/application#get-current-application
 */
export function applicationRoutes(
  api: Hono,
  { world, interactionsUrl }: Discord,
  { privilegedIntents, endpoint }: { privilegedIntents: number; endpoint: InteractionsEndpoint },
): void {
  const flags = applicationFlags(privilegedIntents);
  const application = () => ({
    id: world.applicationId,
    name: world.bot.username,
    icon: null,
    description: "",
    bot_public: false,
    bot_require_code_grant: false,
    summary: "",
    owner: world.owner,
    team: null,
    flags,
    flags_new: String(flags),
    verify_key: world.signingKey.publicKey,
    interactions_endpoint_url: interactionsUrl.current(),
    bot: world.bot,
  });
  const current = () => ({ ...application(), approximate_guild_count: botGuilds(world).length });
  // https://discord.com/developers/docs/topics/oauth2#get-current-bot-application-information
  api.get("/oauth2/applications/@me", (c) => c.json(application()));
  api.get("/applications/@me", (c) => c.json(current()));
  api.patch("/applications/@me", async (c) => {
    const { json } = await requestBody(c);
    const fields = typeof json === "object" && json !== null ? Object.keys(json) : [];
    const unknown = fields.find((field) => field !== "interactions_endpoint_url");
    if (unknown !== undefined) throw notBuilt(`the field ${unknown} of applications`);
    const { interactions_endpoint_url: url } = validate(ApplicationFormPartialSchema, json);
    if (url !== undefined) await endpoint.set(url).catch(asFieldError);
    return c.json(current());
  });
}

function asFieldError(error: unknown): never {
  if (!(error instanceof EndpointRefusedError)) throw error;
  const { code, message } = error;
  throw invalidForm([{ path: ["interactions_endpoint_url"], code, message }]);
}
