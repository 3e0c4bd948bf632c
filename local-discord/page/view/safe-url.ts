const schemes = new Set(["http:", "https:", "blob:"]);

/** An address that may be opened or shown; undefined for `javascript:` and its like. Base: this page. */
export function safeUrl(address: string | null | undefined, base = location.href): string | undefined {
  if (!address || !URL.canParse(address, base)) return undefined;
  const { protocol, href } = new URL(address, base);
  return schemes.has(protocol) ? href : undefined;
}
