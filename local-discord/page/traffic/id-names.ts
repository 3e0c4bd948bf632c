import type { APIUser } from "discord-api-types/v10";
import { channelType } from "../discord.ts";
import type { Session } from "../state/state.ts";

/** Expressions that stand for ids in a test, because ids differ in every local Discord. */
export interface IdNames {
  person(user: APIUser | undefined): string;
  /** Returns the option for the channel; empty for the first channel, which is the default. */
  where(channelId: string | undefined): string;
  /** Returns the expression of a text, with expressions for the ids in it. */
  text(text: string): string;
}

export function idNames({ user, users, guilds, direct, bot }: Session): IdNames {
  const known = new Map([
    [bot.id, "discord.applicationId"],
    [direct.id, `${person(user.username)}.dm`],
    ...users.map(({ id, username }) => [id, `${person(username)}.id`] as const),
  ]);
  for (const [at, { id, channels, threads, roles }] of guilds.entries()) {
    for (const [index, role] of roles.entries()) {
      known.set(role.id, `discord.guilds[${at}]?.roles[${index}]?.id ?? ""`);
    }
    known.set(id, at === 0 ? "discord.guildId" : `discord.guilds[${at}]?.id`);
    const firstText = channels.find(({ type }) => type === channelType.guildText);
    for (const [index, channel] of channels.entries()) {
      const first = at === 0 && channel === firstText;
      known.set(channel.id, first ? "discord.channelId" : `discord.guilds[${at}]?.channels[${index}]?.id`);
    }
    for (const [index, thread] of threads.entries()) {
      known.set(thread.id, `discord.guilds[${at}]?.threads[${index}]?.id`);
    }
  }
  return {
    person: (one) => person(one?.username),
    where(channelId = "") {
      const name = known.get(channelId);
      if (name === "discord.channelId") return "";
      return name === undefined || channelId === direct.id ? "dm: true" : `channelId: ${name} ?? ""`;
    },
    text(text) {
      const quoted = JSON.stringify(text);
      const named = quoted
        .slice(1, -1)
        .replaceAll(/`|\$\{/g, String.raw`\$&`)
        .replaceAll(/\d{15,20}/g, (id) => (known.has(id) ? `\${${known.get(id)}}` : id));
      return known.get(text) ?? (named.includes("${discord.") ? `\`${named}\`` : quoted);
    },
  };
}

function person(name: string | undefined): string {
  return `discord.user(${JSON.stringify(name)})`;
}

/** Writes a value as source code: expressions for ids, and no unnecessary quotes around keys. */
export function literal(value: unknown, names: IdNames): string {
  return (JSON.stringify(value, null, 2) ?? "undefined")
    .replaceAll(/^( *)"([A-Za-z_]\w*)":/gm, "$1$2:")
    .replaceAll(/"(?:\\.|[^"\\])*"/g, (quoted) => names.text(String(JSON.parse(quoted))));
}
