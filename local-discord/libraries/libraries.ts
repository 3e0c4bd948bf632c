/** A library, and the bot that is written with it. */
export interface Library {
  name: string;
  /** File in `bots`. */
  bot: string;
  /** What the library cannot do, and why. */
  without?: Readonly<Record<string, string>>;
  /** What the bot does by a raw request, and why. */
  raw?: Readonly<Record<string, string>>;
}

const NO_COMPRESSION = "It has no transport compression.";
const NATIVE = "It needs the native module zlib-sync for it, which is not installed here.";
const BY_HTTP = "It gets its interactions by HTTP, without a gateway.";
const NO_ZSTD = "It does not have Zstandard.";

export const LIBRARIES: readonly Library[] = [
  { name: "discord.js", bot: "discord.js", without: { zlib: NATIVE, zstd: NO_ZSTD } },
  { name: "@discordjs/core", bot: "discordjs-core.js", without: { zstd: NO_ZSTD } },
  { name: "oceanic.js", bot: "oceanic.js" },
  {
    name: "eris",
    bot: "eris.js",
    without: { zstd: NO_ZSTD },
    raw: { "Components V2": "It does not have them: the answer is its raw request." },
  },
  {
    name: "seyfert",
    bot: "seyfert.js",
    without: {
      address: "Its gateway has TLS and port 443, whatever the address says. Use `local-discord run`.",
      zlib: NO_COMPRESSION,
      zstd: NO_COMPRESSION,
    },
  },
  {
    name: "discordeno",
    bot: "discordeno.js",
    raw: { "Components V2": "It has no names for their types: the bot writes the numbers." },
  },
  { name: "@buape/carbon", bot: "carbon.js", without: { zlib: NO_COMPRESSION, zstd: NO_COMPRESSION } },
  {
    name: "discord-hono",
    bot: "discord-hono.js",
    without: {
      resume: BY_HTTP,
      reconnect: BY_HTTP,
      address: "It has no setting for the address of the API.",
      zlib: BY_HTTP,
      zstd: BY_HTTP,
    },
  },
];
