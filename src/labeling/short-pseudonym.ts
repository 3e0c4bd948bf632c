/** Number of hexadecimal digits: among a thousand people, two have the same ones in one of 9,000 projects. */
const SHOWN_DIGITS = 8;

/** The part of a person's pseudonym that moderators see. */
export function shortPseudonym(labeler: string): string {
  return labeler.slice(0, SHOWN_DIGITS);
}
