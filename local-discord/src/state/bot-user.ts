import type { APIUser } from "discord-api-types/v10";
import { z } from "zod";
import { currentUser } from "./application.ts";
import type { Events } from "./events.ts";
import type { Journal } from "./journal.ts";
import type { World } from "./world.ts";

const KEY = "bot";

const storedBot = z.object({
  username: z.string().exactOptional(),
  avatar: z.string().nullable().exactOptional(),
});

/** What a bot changes about itself. An avatar is the hash of a stored picture; null for none. */
export type BotChanges = z.infer<typeof storedBot>;

/** Returns the bot's user with the changes of earlier runs. */
export function restoreBot({ restored }: Pick<Journal, "restored">, bot: APIUser): APIUser {
  return { ...bot, ...storedBot.parse(restored.get(KEY) ?? {}) };
}

/** Changes the bot's user everywhere, and sends the bot USER_UPDATE if that changes anything. */
export function changeBot(
  world: World,
  { journal, events, changes }: { journal: Pick<Journal, "put">; events: Events; changes: BotChanges },
): void {
  const { username, avatar } = { ...world.bot, ...changes };
  if (username === world.bot.username && avatar === world.bot.avatar) return;
  // The same object, because messages and reactions refer to it.
  Object.assign(world.bot, { username, avatar });
  journal.put(KEY, { username, avatar });
  events.emit({ t: "USER_UPDATE", d: currentUser(world) });
}
