interface Emoji {
  /** SVG elements. */
  body: string;
  width: number;
  height: number;
}

interface IconSet {
  icons: Record<string, { body: string; width?: number; height?: number }>;
  width?: number;
  height?: number;
}

/** Imported when they are asked for: some 30 MB. */
const packages = {
  fluent: () => import("@iconify-json/fluent-emoji-flat"),
  noto: () => import("@iconify-json/noto-v1"),
  twemoji: () => import("@iconify-json/twemoji"),
  emojione: () => import("@iconify-json/emojione"),
};

/** A package and the name of an icon in it. */
export type EmojiName = `${keyof typeof packages}/${string}`;

export type FindEmoji = (name: EmojiName) => Emoji;

export async function loadEmoji(): Promise<FindEmoji> {
  const [fluent, noto, twemoji, emojione] = await Promise.all([
    packages.fluent(),
    packages.noto(),
    packages.twemoji(),
    packages.emojione(),
  ]);
  return findIn({ fluent: fluent.icons, noto: noto.icons, twemoji: twemoji.icons, emojione: emojione.icons });
}

function findIn(sets: Record<keyof typeof packages, IconSet>): FindEmoji {
  const all = new Map<string, IconSet>(Object.entries(sets));
  return (name) => {
    const [set = "", icon = ""] = name.split("/");
    const { icons, ...size } = all.get(set) ?? { icons: {} };
    const found = icons[icon];
    if (found === undefined) throw new Error(`there is no emoji ${name}`);
    // Iconify's own default.
    const { width = 16, height = 16 } = { ...size, ...found };
    return { body: found.body, width, height };
  };
}
