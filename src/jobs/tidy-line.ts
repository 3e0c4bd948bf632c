/** Makes one line of what a person typed: without surplus spaces, and without characters that hide or reorder text. */
export function tidyLine(typed: string): string {
  const shown = typed
    .toWellFormed()
    .replaceAll(/(?!\s)[\p{Cc}\p{Bidi_Control}]/gu, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
  return /^[\p{Cf}\p{M}\p{Z}]*$/u.test(shown) ? "" : shown;
}
