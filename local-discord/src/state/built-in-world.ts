import type { WorldDescription } from "./world-description.ts";

/** Names for the built-in world. */
export interface BuiltInNames {
  /** The bot's user name; default "bot". */
  botName?: string | undefined;
  /** Name of the first guild; default "Local Guild". */
  guildName?: string | undefined;
  /** Locale of the guilds; default "en-US". */
  preferredLocale?: string | undefined;
}

/**
 * The world without a description: three people, of whom ketchup owns the application and the first guild, mustard moderates the
 * first guild and owns the second, and relish is a member of both.
 */
export function builtInWorld({
  botName = "bot",
  guildName = "Local Guild",
  preferredLocale: locale = "en-US",
}: BuiltInNames): WorldDescription {
  const moderator = {
    name: "moderator",
    permissions: ["ManageMessages", "ManageThreads", "PinMessages"],
    members: ["mustard"],
  };
  return {
    bot: { name: botName },
    people: [{ name: "ketchup" }, { name: "mustard" }, { name: "relish" }],
    guilds: [
      {
        name: guildName,
        owner: "ketchup",
        locale,
        roles: [moderator],
        channels: [{ name: "general" }, { name: "random" }],
      },
      { name: "Another Guild", owner: "mustard", locale, channels: [{ name: "general" }] },
    ],
  };
}
