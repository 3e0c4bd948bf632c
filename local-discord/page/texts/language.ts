/** The languages of the page, named as Discord names its locales: interactions carry them. */
export type Language = "en-US" | "fr";

export const languages: readonly { code: Language; name: string }[] = [
  { code: "en-US", name: "English" },
  { code: "fr", name: "Français" },
];

/** Reads "fr", "fr-CA", "en" … as one of them; null for anything else. */
export function languageOf(tag: string | null | undefined): Language | null {
  if (!tag) return null;
  const [primary] = tag.toLowerCase().split("-");
  return languages.find(({ code }) => code.split("-")[0] === primary)?.code ?? null;
}
