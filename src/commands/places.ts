import { ApplicationIntegrationType, InteractionContextType } from "discord.js";

const { BotDM, Guild, PrivateChannel } = InteractionContextType;
const { GuildInstall, UserInstall } = ApplicationIntegrationType;

/** In every server and conversation, also for whoever has added the bot to their account alone. */
export const EVERYWHERE = {
  contexts: [Guild, BotDM, PrivateChannel],
  integration_types: [GuildInstall, UserInstall],
};

/** In servers that have added the bot, and in direct messages with it. */
export const WITH_THE_BOT = { contexts: [Guild, BotDM], integration_types: [GuildInstall] };

/** In servers that have added the bot. */
export const IN_SERVERS = { contexts: [Guild], integration_types: [GuildInstall] };
