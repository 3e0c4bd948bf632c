import { REST, Routes } from "discord.js";
import sharp from "sharp";
import { z } from "zod";
import type { LocalDiscord } from "../local-discord/src/start.ts";
import { en } from "../src/texts/en.ts";
import { roundMessage } from "../src/worker/round-message.ts";
import { labeledImage } from "./press-jobs.ts";

/**
 * So that nobody presses more often a second, or asks for stats more often a minute, than one person may; no multiple of
 * `ONE_STATS_IN`, or few of them would ask for all stats.
 */
const PEOPLE = 201;
/** Of so many things that people do, one is a `/stats`; all others are presses. */
const ONE_STATS_IN = 4;

const ROUND = "1573801018263601152";
const LABELS = Object.values(en.hotdog.round.labels);

type Invocation = ReturnType<ReturnType<LocalDiscord["visitor"]>["command"]>;

/** People who press the buttons of a round and ask for stats; each call is the next thing that one of them does. */
export async function crowd(discord: LocalDiscord): Promise<() => Invocation> {
  const people = Array.from({ length: PEOPLE }, (_, number) => discord.visitor(`visitor ${number + 1}`));
  const round = await postRound(discord);
  let done = 0;
  return () => {
    done += 1;
    const person = people[done % PEOPLE] ?? discord.user("ketchup");
    if (done % ONE_STATS_IN === 0) return person.command("stats", { numbers: `${done} 5 8` });
    return person.press({ id: round }, LABELS[done % LABELS.length] ?? "");
  };
}

/** As a worker posts it, whichever bot will have to do with its buttons. */
async function postRound({ api, botToken, channelId }: LocalDiscord): Promise<string> {
  const picture = await sharp({ create: { width: 320, height: 240, channels: 3, background: "#c0392b" } })
    .webp()
    .toBuffer();
  const images = Array.from({ length: 4 }, () => ({ image: labeledImage, picture }));
  const { files = [], ...message } = roundMessage(ROUND, images, en);
  const attachments = files.map(({ name: filename }, index) => ({ id: String(index), filename }));
  const posted = await new REST({ api })
    .setToken(botToken)
    .post(Routes.channelMessages(channelId), { body: { ...message, attachments }, files });
  return z.object({ id: z.string() }).parse(posted).id;
}
