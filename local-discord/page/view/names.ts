import type { APIUser } from "discord-api-types/v10";

export function displayName(user: APIUser): string {
  return user.global_name ?? user.username;
}

/** Returns the initials that Discord shows for a server without an icon, as in "Local Guild" → "LG". */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return words
    .slice(0, 3)
    .map((word) => /^./u.exec(word)?.[0].toUpperCase())
    .join("");
}
