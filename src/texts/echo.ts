const LONGEST = 40;

/**
 * What a person typed, shown back as inline code so that it cannot format, link or ping. Characters that cannot be seen
 * or that turn the reading direction are named; a backtick, which would end the code, becomes its look-alike U+02CB.
 */
export function echo(text: string): string {
  const characters = Array.from(text);
  const shown = characters.slice(0, LONGEST).map(visible).join("");
  return `\`${shown}${characters.length > LONGEST ? "…" : ""}\``;
}

function visible(character: string): string {
  if (character === "`") return "ˋ";
  if (!/[\p{C}\p{Z}]/u.test(character)) return character;
  return `(U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")})`;
}
