/** Longer texts are cut. */
const MAX_CHARACTERS = 40;
/** Limit for the result, in UTF-16 units: the name of an invisible character takes several. */
const MAX_LENGTH = 80;

/**
 * Shows what a person typed as inline code, so that it cannot format, link or ping. Invisible characters and those that change
 * the reading direction are named; a backtick, which would end the code, becomes its look-alike U+02CB.
 */
export function echo(text: string): string {
  const characters = Array.from(text);
  let shown = "";
  let count = 0;
  for (const character of characters.slice(0, MAX_CHARACTERS)) {
    const next = visible(character);
    if (shown.length + next.length > MAX_LENGTH) break;
    shown += next;
    count += 1;
  }
  return `\`${shown}${count < characters.length ? "…" : ""}\``;
}

function visible(character: string): string {
  if (character === "`") return "ˋ";
  if (!/[\p{C}\p{Z}]/u.test(character)) return character;
  return `(U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")})`;
}

const FENCE = "```";

/**
 * Shows what a person typed as a code block to copy from. Spaces stay, because they separate; other invisible characters and
 * backticks are shown as in `echo`.
 * @param maxLength in UTF-16 units; a longer text is cut and ends in "…"
 */
export function codeBlock(text: string, maxLength: number): string {
  const room = maxLength - 2 * (FENCE.length + 1) - 1;
  let shown = "";
  for (const character of text) {
    const next = character === " " ? character : visible(character);
    if (shown.length + next.length > room) return `${FENCE}\n${shown}…\n${FENCE}`;
    shown += next;
  }
  return `${FENCE}\n${shown}\n${FENCE}`;
}
