/** Control and format characters, which could move the cursor or turn the direction, and the ends of lines. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A file's name as it may stand in a line on a terminal. */
export function printable(path: string): string {
  return path.replace(HARMFUL, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
