import { unknownEmoji } from "../errors.ts";
import type { Emoji } from "../state/reactions.ts";

const VARIATION_SELECTOR = "\uFE0F";

const unicodeEmoji = /^(?:\p{RGI_Emoji}|[\u{1F1E6}-\u{1F1FF}])$/v;

/**
 * Parses the emoji of a reaction: one of Unicode, with or without the selector for its colored form. Custom emoji, as in "name:id", are
 * unknown, because no guild has any.
 * @throws DiscordError 10014
 */
export function parseEmoji(text: string): Emoji {
  const bare = text.replaceAll(VARIATION_SELECTOR, "");
  const name = [text, bare, bare + VARIATION_SELECTOR].find((form) => unicodeEmoji.test(form));
  if (name === undefined) throw unknownEmoji();
  return { id: null, name };
}
