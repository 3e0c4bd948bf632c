import type { Localized } from "./name-rules.ts";
import type { Choice, Option } from "./option-rules.ts";

interface Sized extends Localized {
  options?: readonly Option[] | null | undefined;
  choices?: readonly Choice[] | null | undefined;
  value?: string | number;
}

/**
 * Returns how much of Discord's limit a command takes: the characters of all names, descriptions and values in it. Of a text in
 * several languages, the longest counts.
 * @see https://discord.com/developers/docs/interactions/application-commands#slash-commands
 */
export function commandSize({ value, options, choices, ...texts }: Sized): number {
  const inside = [...(options ?? []), ...(choices ?? [])].map((one: Sized) => commandSize(one));
  return inside.reduce(
    (sum, size) => sum + size,
    longest(texts.name, texts.name_localizations) +
      longest(texts.description, texts.description_localizations) +
      (value === undefined ? 0 : lengthOf(String(value))),
  );
}

function longest(text: string | null | undefined, localized: Localized["name_localizations"]): number {
  return Math.max(...[text, ...Object.values(localized ?? {})].map((one) => lengthOf(one ?? "")));
}

function lengthOf(text: string): number {
  // Characters outside the basic plane count once.
  return Array.from(text).length;
}
