// `local-discord run` loads this module into every Node process of a bot, before the bot's own modules.
import { redirectHttps } from "./redirect-https.ts";
import { redirectUndici } from "./redirect-undici.ts";

const origin = process.env["LOCAL_DISCORD_ORIGIN"];
if (origin !== undefined) {
  redirectUndici(globalThis, origin);
  redirectHttps(origin);
}
