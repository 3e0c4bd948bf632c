import type { APIUser } from "discord-api-types/v10";
import type { Session } from "../state/state.ts";

/** How a test names what has an id here: ids are others in every playground. */
export interface Names {
  user(user: APIUser | undefined): string;
  /** The option that says in which channel; empty for the first one, where people are unless told. */
  where(channelId: string | undefined): string;
  /** A text with its ids, for within a template. */
  inTemplate(text: string): string;
  /** Undefined for an id that has no name. */
  expression(id: string): string | undefined;
}

export function namesOf({ guilds, direct, bot }: Session): Names {
  const known = new Map([[bot.id, "playground.applicationId"]]);
  for (const [at, { id, channels }] of guilds.entries()) {
    known.set(id, at === 0 ? "playground.guildId" : `playground.guilds[${at}]?.id`);
    for (const [index, channel] of channels.entries()) {
      const first = at + index === 0;
      known.set(
        channel.id,
        first ? "playground.channelId" : `playground.guilds[${at}]?.channels[${index}]?.id`,
      );
    }
  }
  return {
    expression: (id) => known.get(id),
    user: (user) => JSON.stringify(user?.username),
    where(channelId = "") {
      const name = known.get(channelId);
      if (name === "playground.channelId") return "";
      return name === undefined || channelId === direct.id ? "dm: true" : `channelId: ${name} ?? ""`;
    },
    inTemplate: (text) =>
      text.replaceAll(/\d{15,20}/g, (id) => (known.has(id) ? `\${${known.get(id)}}` : id)),
  };
}

/** JSON as one would write it in a test: names for ids, keys without quotes where they need none. */
export function literal(value: unknown, names: Names): string {
  return (JSON.stringify(value, null, 2) ?? "undefined")
    .replaceAll(/^( *)"([A-Za-z_]\w*)":/gm, "$1$2:")
    .replaceAll(/"(\d{15,20})"/g, (quoted, id: string) => names.expression(id) ?? quoted);
}
