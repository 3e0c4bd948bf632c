import { OAuth2Scopes, PermissionFlagsBits } from "discord.js";

/** What the bot uses in a channel; Read Message History to find out whether it has answered already. */
const PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory;

/** Where somebody adds the bot to a server of theirs; undefined where the API is not that of the real Discord. */
export function inviteLink(applicationId: string, api: string): string | undefined {
  if (new URL(api).hostname !== "discord.com") return undefined;
  const link = new URL("https://discord.com/oauth2/authorize");
  link.searchParams.set("client_id", applicationId);
  link.searchParams.set("scope", [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(" "));
  link.searchParams.set("permissions", String(PERMISSIONS));
  return link.href;
}
