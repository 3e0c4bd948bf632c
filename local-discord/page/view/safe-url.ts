const schemes = new Set(["http:", "https:", "blob:"]);

/** Returns the absolute URL if it is safe to open or show; undefined for `javascript:` and other schemes. */
export function safeUrl(address: string | null | undefined, base = location.href): string | undefined {
  if (!address || !URL.canParse(address, base)) return undefined;
  const { protocol, href } = new URL(address, base);
  return schemes.has(protocol) ? href : undefined;
}
