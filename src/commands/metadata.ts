import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  chatInputApplicationCommandMention,
} from "discord.js";
import { en } from "../texts/en.ts";
import { LANGUAGES, textsFor, type Texts } from "../texts/texts.ts";

const { BotDM, Guild, PrivateChannel } = InteractionContextType;
const { GuildInstall, UserInstall } = ApplicationIntegrationType;

/** In every server and conversation, also for people who added the bot only to their own account. */
export const EVERYWHERE = {
  contexts: [Guild, BotDM, PrivateChannel],
  integration_types: [GuildInstall, UserInstall],
};

/** In servers that have added the bot, and in direct messages with it. */
export const WITH_THE_BOT = { contexts: [Guild, BotDM], integration_types: [GuildInstall] };

/** In servers that have added the bot. */
export const IN_SERVERS = { contexts: [Guild], integration_types: [GuildInstall] };

/** The fields `name` and `name_localizations`, in every language. */
export function localizedName(pick: (texts: Texts) => string) {
  return { name: pick(en), name_localizations: translations(pick) };
}

/** The fields `description` and `description_localizations`, in every language. */
export function localizedDescription(pick: (texts: Texts) => string) {
  return { description: pick(en), description_localizations: translations(pick) };
}

/** Name and description of a slash command or of one of its options, in every language. */
export function metadata(pick: (texts: Texts) => { name: string; description: string }) {
  return {
    ...localizedName((texts) => pick(texts).name),
    ...localizedDescription((texts) => pick(texts).description),
  };
}

/** The fields of a subcommand without options, in every language. */
export function subcommandMetadata(pick: (texts: Texts) => { name: string; description: string }) {
  return { type: ApplicationCommandOptionType.Subcommand as const, ...metadata(pick) };
}

/** The choices of an option, in every language. */
export function localizedChoices<Value extends string>(
  values: readonly Value[],
  nameOf: (texts: Texts, value: Value) => string,
) {
  return values.map((value) => ({ ...localizedName((texts) => nameOf(texts, value)), value }));
}

/** The text in each language but English, by locale. */
function translations(pick: (texts: Texts) => string): Record<string, string> {
  const others = [...LANGUAGES].filter(([, texts]) => texts !== en);
  return Object.fromEntries(others.map(([locale, texts]) => [locale, pick(texts)]));
}

/** The key of a slash command in the texts. */
type CommandKey = {
  [Key in keyof Texts]: Texts[Key] extends { command: { name: string } } ? Key : never;
}[keyof Texts];

/** Mentions a slash command, or one of its subcommands, in a reader's language. */
export type MentionCommand = (command: CommandKey, subcommand?: (texts: Texts) => { name: string }) => string;

/**
 * Returns a function that mentions slash commands, so that a reader can click on them.
 * @param commandIds by English name; a command without an id is shown as code
 * @see https://discord.com/developers/docs/reference#message-formatting-formats
 */
export function commandMentions(
  locale: string,
  commandIds: ReadonlyMap<string, string> = new Map(),
): MentionCommand {
  const texts = textsFor(locale);
  return (command, subcommand) => {
    const id = commandIds.get(en[command].command.name);
    const part = subcommand === undefined ? "" : ` ${subcommand(texts).name}`;
    const name = `${texts[command].command.name}${part}`;
    return id === undefined ? `\`/${name}\`` : chatInputApplicationCommandMention(name, id);
  };
}
