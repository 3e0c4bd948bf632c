import { setTimeout as wait } from "node:timers/promises";
import { waitForHit, type FaultTarget } from "./fault.ts";

/** The requests that workers and the bot send to Discord. */
const ANSWERS = { method: "PATCH", path: /\/webhooks\/.*\/messages\/@original$/ };
const ACKNOWLEDGEMENTS = { method: "POST", path: /\/interactions\/.*\/callback$/ };

/**
 * Loses the gateway connection in three ways: it breaks, Discord requests a reconnect, and it is closed with a code. Resolves with the
 * number of reconnects.
 */
export async function loseGateway(place: FaultTarget, milliseconds: number): Promise<number> {
  const { gateway } = place.discord;
  const resumes = (): number => place.bot().output().split("the gateway connection is back").length - 1;
  const before = resumes();
  const losses = [() => gateway.disconnect(), () => gateway.reconnect(), () => gateway.disconnect(4_000)];
  for (const [index, lose] of losses.entries()) {
    lose();
    await wait(milliseconds / losses.length);
    await waitForHit(() => resumes() - before - index);
  }
  return resumes() - before;
}

/** Invalidates the session and resolves with the number of new sessions. */
export async function endSession({ discord }: FaultTarget): Promise<number> {
  const since = lastEntry(discord);
  discord.gateway.invalidate();
  return waitForHit(
    () => discord.traffic().filter(({ id, title }) => id > since && title === "Identify").length,
  );
}

/** Responds with 500, then with 429 and Retry-After. */
export async function refuseRequests({ discord }: FaultTarget, milliseconds: number): Promise<number> {
  const counts: number[] = [];
  for (const act of [{ status: 500 }, { status: 429, retryAfter: 1 }] as const) {
    // One after the other: without acknowledgements there would soon be nothing to answer.
    for (const requests of [ANSWERS, ACKNOWLEDGEMENTS]) {
      const since = lastEntry(discord);
      const restore = discord.fault({ ...requests, act });
      await wait(milliseconds / 4);
      counts.push(await waitForHit(() => countOf(discord, since, requests, act.status)));
      restore();
    }
  }
  return Math.min(...counts);
}

/** Drops the responses to some requests after Discord has processed them. */
export async function loseDiscordResponses({ discord }: FaultTarget, milliseconds: number): Promise<number> {
  const since = lastEntry(discord);
  for (let repeat = 0; repeat < 6; repeat += 1) {
    for (const requests of [ANSWERS, ACKNOWLEDGEMENTS])
      discord.fault({ ...requests, times: 3, act: "drop-after" });
    await wait(milliseconds / 6);
  }
  const lost = (): number =>
    Math.min(...[ANSWERS, ACKNOWLEDGEMENTS].map((requests) => countOf(discord, since, requests, undefined)));
  return waitForHit(lost);
}

type Discord = FaultTarget["discord"];

function lastEntry(discord: Discord): number {
  return discord.traffic().at(-1)?.id ?? 0;
}

/** Counts the requests since an entry that got this status, or whose response was lost (undefined). */
function countOf(
  discord: Discord,
  since: number,
  { path }: { path: RegExp },
  expected: number | undefined,
): number {
  return discord
    .traffic()
    .filter(({ id, kind, status }) => id > since && kind === "rest" && status === expected)
    .filter(({ title }) => path.test(title.replace(/\?.*$/, ""))).length;
}
