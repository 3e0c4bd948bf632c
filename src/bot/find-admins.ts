import { TeamMemberMembershipState } from "discord.js";
import { z } from "zod";
import type { HotdogAdmins } from "../commands/rights.ts";
import type { Log } from "../platform/log.ts";
import { snowflake } from "../platform/snowflake.ts";

const user = z.object({ id: snowflake, username: z.string() });

/**
 * The part of an application that says whose it is. The owner of a team's application is a user that stands for the team.
 * @see https://discord.com/developers/docs/resources/application#application-object
 */
export const applicationSchema = z.object({
  id: snowflake,
  owner: user.optional(),
  team: z
    .object({ members: z.array(z.object({ membership_state: z.enum(TeamMemberMembershipState), user })) })
    .nullish()
    .transform((team) => team ?? undefined),
  /** Whether people other than the owner can add the bot to a guild. */
  bot_public: z.boolean().default(true),
});
export type Application = z.infer<typeof applicationSchema>;

/** A guild that the bot is in. */
interface Guild {
  id: string;
  /** Null while the guild is unavailable. */
  name: string | null;
}

interface Options {
  /** The home guild as set by the operator; by default the only guild of a private application. */
  homeGuildId: string | undefined;
  /** Returns the guilds that the bot is in now, by id. */
  guilds: () => ReadonlyMap<string, Guild>;
}

/** Finds who may remove images of the hot dogs and export their labels. */
export function findAdmins(application: Application, { homeGuildId, guilds }: Options): HotdogAdmins {
  const owners = new Set(ownersOf(application).map(({ id }) => id));
  function onlyGuild(): string | undefined {
    const [only, ...others] = guilds().keys();
    return application.bot_public || others.length > 0 ? undefined : only;
  }
  return { owners, homeGuild: () => homeGuildId ?? onlyGuild() };
}

function ownersOf({ team, owner }: Application): z.infer<typeof user>[] {
  if (team === undefined) return owner === undefined ? [] : [owner];
  return team.members
    .filter(({ membership_state: state }) => state === TeamMemberMembershipState.Accepted)
    .map((member) => member.user);
}

/**
 * Logs who may remove images of the hot dogs and export their labels.
 * @returns a function that logs it again if the home guild has changed
 */
export function logAdmins(
  application: Application,
  { homeGuild }: HotdogAdmins,
  { guilds, log }: Pick<Options, "guilds"> & { log: Log },
): () => void {
  const owners = ownersOf(application).map(({ username }) => username);

  function logHome(): string | undefined {
    const id = homeGuild();
    const guild = id === undefined ? undefined : guilds().get(id);
    if (id === undefined)
      log.info({ owners }, "the owners look after the hot dogs alone: there is no HOME_GUILD_ID");
    else if (guild === undefined)
      log.warn({ owners, homeGuild: id }, "the bot is not in its home guild: check HOME_GUILD_ID");
    else
      log.info(
        { owners, homeGuild: id, name: guild.name },
        "the owners and the home guild’s moderators look after the hot dogs",
      );
    return id;
  }

  let logged = logHome();
  return () => {
    if (homeGuild() !== logged) logged = logHome();
  };
}
