import type { APIUser } from "discord-api-types/v10";
import type { ClientGuild } from "../../src/client-protocol.ts";
import { hex } from "./colors.ts";

export function displayName(user: APIUser): string {
  return user.global_name ?? user.username;
}

type GuildNames = Pick<ClientGuild, "nicks" | "roles"> | null;

/** Returns the name of a user in a server: the nickname if there is one. */
export function nameIn(guild: GuildNames, user: APIUser): string {
  return guild?.nicks[user.id] ?? displayName(user);
}

/** Returns the color of a user's name in a server, as in "#ff8800": that of the highest role with a color; undefined for none. */
export function nameColorIn(guild: GuildNames, { id }: Pick<APIUser, "id">): string | undefined {
  const colored = guild?.roles.findLast(({ color, member_ids }) => color !== 0 && member_ids.includes(id));
  return colored && hex(colored.color);
}

/** Returns the initials that Discord shows for a server without an icon, as in "Local Guild" → "LG". */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return words
    .slice(0, 3)
    .map((word) => /^./u.exec(word)?.[0].toUpperCase())
    .join("");
}
