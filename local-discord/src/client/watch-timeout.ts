import type { Discord } from "../state/discord.ts";
import { settingsOf } from "../state/guild.ts";

/** Timers of Node.js end after 24.8 days at most, and a timeout after 28. */
const MAX_WAIT_MS = 24 * 60 * 60_000;

/** Watches the end of a person's timeouts, at which Discord sends no event. */
export interface TimeoutWatch {
  /** Looks for timeouts that have begun or ended early. */
  look(): void;
  stop(): void;
}

/** @param onEnd is called when a timeout of the person is over, or a day has passed */
export function watchTimeout(discord: Discord, userId: string, onEnd: () => void): TimeoutWatch {
  let cancel: (() => void) | undefined;
  function look(): void {
    cancel?.();
    const now = discord.now();
    const ends = discord.world.guilds
      .map((guild) => settingsOf(guild, userId).timedOutUntil ?? 0)
      .filter((end) => end > now);
    if (ends.length === 0) return;
    cancel = discord.after(Math.min(Math.min(...ends) - now, MAX_WAIT_MS), () => {
      onEnd();
      look();
    });
  }
  look();
  return { look, stop: () => cancel?.() };
}
