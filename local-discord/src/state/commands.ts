import { isDeepStrictEqual } from "node:util";
import type {
  APIApplicationCommand,
  RESTPatchAPIApplicationCommandJSONBody,
  RESTPostAPIApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import { ApplicationCommandType, ApplicationIntegrationType } from "discord-api-types/v10";
import { z } from "zod";
import { unknownCommand } from "../errors.ts";
import type { Events } from "./events.ts";
import type { Journal } from "./journal.ts";
import type { NextSnowflake } from "./snowflake.ts";

/** Checks no more than id and name, because Discord's schema has already accepted the command, now or in an earlier run. */
const registeredCommand = z.custom<APIApplicationCommand>(
  (value) => z.object({ id: z.string(), name: z.string() }).safeParse(value).success,
);

/** The registered application commands. A scope is a guild id, or null for global commands. */
export interface Commands {
  list(scope: string | null): APIApplicationCommand[];
  /** Returns the commands of all scopes. */
  all(): APIApplicationCommand[];
  /** @throws DiscordError 10063 for an unknown command */
  get(scope: string | null, id: string): APIApplicationCommand;
  /** Adds a command, or replaces the one with its name and type. */
  upsert(scope: string | null, body: RESTPostAPIApplicationCommandsJSONBody): APIApplicationCommand;
  overwrite(scope: string | null, bodies: RESTPostAPIApplicationCommandsJSONBody[]): APIApplicationCommand[];
  patch(
    scope: string | null,
    id: string,
    body: RESTPatchAPIApplicationCommandJSONBody,
  ): APIApplicationCommand;
  remove(scope: string | null, id: string): void;
}

export function commands(
  applicationId: string,
  { journal, events, nextSnowflake }: { journal: Journal; events: Events; nextSnowflake: NextSnowflake },
): Commands {
  let registered = z.array(registeredCommand).parse(journal.restored.get("commands") ?? []);
  const inScope = (scope: string | null) => registered.filter(({ guild_id }) => (guild_id ?? null) === scope);

  function store(next: APIApplicationCommand[]): void {
    registered = next;
    journal.put("commands", registered);
    events.emit({ t: "COMMANDS_UPDATE", d: registered });
  }
  function get(scope: string | null, id: string): APIApplicationCommand {
    const command = inScope(scope).find((candidate) => candidate.id === id);
    if (!command) throw unknownCommand();
    return command;
  }
  function build(scope: string | null, body: RESTPostAPIApplicationCommandsJSONBody): APIApplicationCommand {
    const type = body.type ?? ApplicationCommandType.ChatInput;
    const before = inScope(scope).find((command) => command.name === body.name && command.type === type);
    const same = registeredCommand.parse({
      nsfw: false,
      ...(scope === null
        ? { integration_types: [ApplicationIntegrationType.GuildInstall], contexts: null }
        : {}),
      ...body,
      id: before?.id ?? nextSnowflake(),
      type,
      default_member_permissions: permissionsIn(body),
      description: ("description" in body ? body.description : undefined) ?? "",
      application_id: applicationId,
      version: before?.version,
      ...(scope ? { guild_id: scope } : {}),
    });
    return isDeepStrictEqual(same, before) ? same : { ...same, version: nextSnowflake() };
  }
  return {
    list: inScope,
    all: () => registered,
    get,
    upsert(scope, body) {
      const command = build(scope, body);
      store([...registered.filter(({ id }) => id !== command.id), command]);
      return command;
    },
    overwrite(scope, bodies) {
      const next = bodies.map((body) => build(scope, body));
      store([...registered.filter(({ guild_id }) => (guild_id ?? null) !== scope), ...next]);
      return next;
    },
    patch(scope, id, body) {
      const command = registeredCommand.parse({
        ...get(scope, id),
        ...body,
        ...("default_member_permissions" in body ? { default_member_permissions: permissionsIn(body) } : {}),
        version: nextSnowflake(),
      });
      store(registered.map((candidate) => (candidate.id === id ? command : candidate)));
      return command;
    },
    remove(scope, id) {
      get(scope, id);
      store(registered.filter((candidate) => candidate.id !== id));
    },
  };
}

/** Permissions as digits: Discord's schema accepts numbers, but responses have strings. */
const permissions = z.coerce.string().nullish();

function permissionsIn({
  default_member_permissions: given,
}: RESTPatchAPIApplicationCommandJSONBody): string | null {
  return permissions.parse(given) ?? null;
}
