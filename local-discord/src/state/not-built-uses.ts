/** What a bot has used that the local Discord does not have. */
export interface NotBuiltUses {
  /**
   * Keeps a use, and logs it if it is the first one of this feature.
   * @param feature as in "polls"
   * @param request as in "POST /channels/1/messages"
   */
  add(feature: string, request: string): void;
  /** One sentence for each feature that was used, oldest first. */
  all(): string[];
}

/** @param log gets each new sentence */
export function notBuiltUses(log: (line: string) => void): NotBuiltUses {
  const uses = new Map<string, string>();
  return {
    add(feature, request) {
      const name = withoutIds(feature);
      if (uses.has(name)) return;
      const use = `The local Discord does not have ${name}, which the bot used: ${withoutIds(request)}.`;
      uses.set(name, use);
      log(use);
    },
    all: () => [...uses.values()],
  };
}

function withoutIds(text: string): string {
  return text.replaceAll(/\d{15,}/g, "…");
}
