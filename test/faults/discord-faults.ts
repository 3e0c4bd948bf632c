import { setTimeout as wait } from "node:timers/promises";
import { untilHit, type Place } from "./fault.ts";

/** What workers and the bot send to Discord. */
const ANSWERS = { method: "PATCH", path: /\/webhooks\/.*\/messages\/@original$/ };
const ACKNOWLEDGEMENTS = { method: "POST", path: /\/interactions\/.*\/callback$/ };

/** In three ways: it breaks, Discord asks for another, and it is closed with a code. Resolves with how often the bot came back. */
export async function loseGateway(place: Place, milliseconds: number): Promise<number> {
  const { gateway } = place.discord;
  const resumes = (): number => place.bot().output().split("the gateway connection is back").length - 1;
  const before = resumes();
  const ways = [() => gateway.disconnect(), () => gateway.reconnect(), () => gateway.disconnect(4_000)];
  for (const [index, lose] of ways.entries()) {
    lose();
    await wait(milliseconds / ways.length);
    await untilHit(() => resumes() - before - index);
  }
  return resumes() - before;
}

/** Resolves with how many sessions began. */
export async function endSession({ discord }: Place): Promise<number> {
  const since = lastEntry(discord);
  discord.gateway.invalidate();
  return untilHit(
    () => discord.traffic().filter(({ id, title }) => id > since && title === "Identify").length,
  );
}

/** 500, and 429 with Retry-After. */
export async function refuseRequests({ discord }: Place, milliseconds: number): Promise<number> {
  const counts: number[] = [];
  for (const act of [{ status: 500 }, { status: 429, retryAfter: 1 }] as const) {
    // One after the other: without acknowledgements there is soon nothing to answer.
    for (const requests of [ANSWERS, ACKNOWLEDGEMENTS]) {
      const since = lastEntry(discord);
      const mend = discord.fault({ ...requests, act });
      await wait(milliseconds / 4);
      counts.push(await untilHit(() => countOf(discord, since, requests, act.status)));
      mend();
    }
  }
  return Math.min(...counts);
}

/** Of some requests, which Discord has done. */
export async function loseAnswersOfDiscord({ discord }: Place, milliseconds: number): Promise<number> {
  const since = lastEntry(discord);
  for (let time = 0; time < 6; time += 1) {
    for (const requests of [ANSWERS, ACKNOWLEDGEMENTS])
      discord.fault({ ...requests, times: 3, act: "drop-after" });
    await wait(milliseconds / 6);
  }
  const lost = (): number =>
    Math.min(...[ANSWERS, ACKNOWLEDGEMENTS].map((requests) => countOf(discord, since, requests, undefined)));
  return untilHit(lost);
}

type Discord = Place["discord"];

function lastEntry(discord: Discord): number {
  return discord.traffic().at(-1)?.id ?? 0;
}

/** How many requests like this got this status since then, or (undefined) lost their answer. */
function countOf(
  discord: Discord,
  since: number,
  { path }: { path: RegExp },
  wanted: number | undefined,
): number {
  return discord
    .traffic()
    .filter(({ id, kind, status }) => id > since && kind === "rest" && status === wanted)
    .filter(({ title }) => path.test(title.replace(/\?.*$/, ""))).length;
}
