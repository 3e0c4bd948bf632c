import { ApplicationCommandType, DiscordAPIError, REST, Routes } from "discord.js";
import { z } from "zod";
import type { Commands } from "../commands/command.ts";
import { describeError, errorCode } from "../platform/describe-error.ts";
import { snowflake } from "../platform/snowflake.ts";
import { StartError } from "../platform/start-error.ts";
import { applicationSchema, type Application } from "./find-admins.ts";

interface Registration {
  token: string;
  /** Base address of Discord's API. */
  api: string;
  commands: Commands;
  /** Id of the only server that gets the commands; by default they are available wherever the bot is. */
  guild?: string | undefined;
}

interface Registered {
  application: Application;
  /** In the order of the commands, with removed commands last. */
  changes: Change[];
  /** Ids of the slash commands, by name. */
  commandIds: Map<string, string>;
}

interface Change {
  /** The name that people see: "/stats", or "Add to image set" for a command in a menu. */
  command: string;
  what: "created" | "updated" | "unchanged" | "removed";
}

const published = z.array(
  z.object({
    id: snowflake,
    type: z.enum(ApplicationCommandType).default(ApplicationCommandType.ChatInput),
    name: z.string(),
    /** Changes if and only if the command's definition changes. */
    version: snowflake,
  }),
);
type Published = z.infer<typeof published>;

/**
 * Publishes exactly these commands, and removes all others. Can be repeated.
 * @throws StartError if Discord cannot be reached, refuses the token or the commands, or does not know the server
 * @see https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands
 */
export async function registerCommands({ token, api, commands, guild }: Registration): Promise<Registered> {
  const rest = new REST({ api }).setToken(token);
  try {
    const application = applicationSchema.parse(await rest.get(Routes.currentApplication()));
    const { id } = application;
    const route =
      guild === undefined ? Routes.applicationCommands(id) : Routes.applicationGuildCommands(id, guild);
    const before = published.parse(await rest.get(route));
    const all = [...commands.slash, ...commands.message];
    // Commands of one server cannot have contexts.
    const scope = guild === undefined ? {} : { contexts: undefined, integration_types: undefined };
    const body = all.map(({ data }) => Object.assign({}, data, scope));
    const after = published.parse(await rest.put(route, { body }));
    const slash = after.filter(({ type }) => type === ApplicationCommandType.ChatInput);
    const commandIds = new Map(slash.map((command) => [command.name, command.id]));
    return { application, changes: changesBetween(before, after), commandIds };
  } catch (error) {
    throw new StartError(describeFailure(error, api, guild), { cause: error });
  }
}

/** Summarizes changes, for example "created /stats, /help; updated /hotdog"; empty if nothing has changed. */
export function describeChanges(changes: readonly Change[]): string {
  const changed = changes.filter(({ what }) => what !== "unchanged");
  return [...Map.groupBy(changed, ({ what }) => what)]
    .map(([what, group]) => `${what} ${group.map(({ command }) => command).join(", ")}`)
    .join("; ");
}

function changesBetween(before: Published, after: Published): Change[] {
  const versions = new Map(before.map(({ id, version }) => [id, version]));
  const kept = new Set(after.map(({ id }) => id));
  const removed = before.filter(({ id }) => !kept.has(id));
  const changeOf = ({ id, version }: Published[number]): Change["what"] => {
    if (!versions.has(id)) return "created";
    return versions.get(id) === version ? "unchanged" : "updated";
  };
  return [
    ...after.map((command) => ({ command: displayName(command), what: changeOf(command) })),
    ...removed.map((command) => ({ command: displayName(command), what: "removed" as const })),
  ];
}

function displayName({ type, name }: Published[number]): string {
  return type === ApplicationCommandType.ChatInput ? `/${name}` : name;
}

function describeFailure(error: unknown, api: string, guild: string | undefined): string {
  if (!(error instanceof DiscordAPIError))
    return `Discord cannot be reached at ${api}: ${describeNetworkError(error)}.`;
  if (error.status === 401) {
    return "Discord does not accept the token in DISCORD_TOKEN. Make a new one: Developer Portal → your application → Bot → Reset Token.";
  }
  // Discord's own errors are JSON with a numeric code.
  if (typeof error.code !== "number") {
    return `What answers at ${api} is not Discord (HTTP ${error.status}). Check DISCORD_API, and whether a proxy or the login page of a network stands in between.`;
  }
  if (guild !== undefined && (error.status === 403 || error.status === 404)) {
    return `The bot is in no server with the id ${guild} (${error.message}). Add it there, or check the id.`;
  }
  return `Discord refused the commands: ${error.message}`;
}

/** Returns the end of a sentence, without the period. */
function describeNetworkError(error: unknown): string {
  const code = errorCode(error);
  if (error instanceof Error && error.name === "AbortError") return "no answer in time; check the network";
  if (code === undefined) return describeError(error);
  return code === "ENOTFOUND" || code === "EAI_AGAIN"
    ? `its name cannot be looked up (${code}); check that this machine is connected to a network`
    : `no connection can be made (${code}); check the network, and a firewall or proxy in between`;
}
