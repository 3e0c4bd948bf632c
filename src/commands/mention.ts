import { chatInputApplicationCommandMention } from "discord.js";
import { en } from "../texts/en.ts";
import { textsFor } from "../texts/texts.ts";

/** The slash commands, by their texts. */
type CommandKey = {
  [Key in keyof typeof en]: (typeof en)[Key] extends { command: { name: string } } ? Key : never;
}[keyof typeof en];

/**
 * Names slash commands so that a reader can click on them.
 * @param commandIds by the English names; a command whose id is not known is named as code
 * @see https://discord.com/developers/docs/reference#message-formatting-formats
 */
export function mentions(
  locale: string,
  commandIds: ReadonlyMap<string, string> = new Map(),
): (command: CommandKey) => string {
  const texts = textsFor(locale);
  return (command) => {
    const id = commandIds.get(en[command].command.name);
    const { name } = texts[command].command;
    return id === undefined ? `\`/${name}\`` : chatInputApplicationCommandMention(name, id);
  };
}
