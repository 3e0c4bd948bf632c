/** Characters of the text. */
const LONGEST = 40;
/** UTF-16 units, in which Discord counts: characters that cannot be seen take several to name. */
const LONGEST_SHOWN = 80;

/**
 * What a person typed, shown back as inline code so that it cannot format, link or ping. Characters that cannot be seen
 * or that turn the reading direction are named; a backtick, which would end the code, becomes its look-alike U+02CB.
 */
export function echo(text: string): string {
  const characters = Array.from(text);
  let shown = "";
  let count = 0;
  for (const character of characters.slice(0, LONGEST)) {
    const next = visible(character);
    if (shown.length + next.length > LONGEST_SHOWN) break;
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
 * What a person typed as a code block to copy it from. Spaces stay as they are, which separate; all else that cannot be seen,
 * and backticks, are shown as in `echo`.
 * @param room UTF-16 units that the block may take; a text that needs more is cut, and ends in "…"
 */
export function codeBlock(text: string, room: number): string {
  const most = room - 2 * (FENCE.length + 1) - 1;
  let shown = "";
  for (const character of text) {
    const next = character === " " ? character : visible(character);
    if (shown.length + next.length > most) return `${FENCE}\n${shown}…\n${FENCE}`;
    shown += next;
  }
  return `${FENCE}\n${shown}\n${FENCE}`;
}
