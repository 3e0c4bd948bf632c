import sharp from "sharp";
import type { LocalDiscord } from "../../local-discord/src/start.ts";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { en } from "../../src/texts/en.ts";
import { roundMessage } from "../../src/worker/round-message.ts";
import { LABELED_IMAGE } from "../samples/press-jobs.ts";
import { postMessage } from "./post-message.ts";

/**
 * Enough people to keep each one below the rate limits. It is not a multiple of STATS_EVERY, because then only a few people would
 * send all `/stats`.
 */
const PEOPLE = 201;
/** Every fourth interaction is a `/stats`; the others are presses. */
const STATS_EVERY = 4;

const ROUND = "1573801018263601152";
const BUTTON_LABELS = Object.values(en.hotdog.round.labels);

type Invocation = ReturnType<ReturnType<LocalDiscord["visitor"]>["command"]>;

/** Makes people who press the buttons of a round and send `/stats`. Each call of the result is one interaction. */
export async function startCrowd(discord: LocalDiscord): Promise<() => Invocation> {
  const people = Array.from({ length: PEOPLE }, (_, number) => discord.visitor(`visitor ${number + 1}`));
  const round = await postRound(discord);
  let done = 0;
  return () => {
    done += 1;
    const person = people[done % PEOPLE] ?? discord.user("ketchup");
    if (done % STATS_EVERY === 0) return person.command("stats", { numbers: `${done} 5 8` });
    return person.press({ id: round }, BUTTON_LABELS[done % BUTTON_LABELS.length] ?? "");
  };
}

/** Posts a round. Its buttons work with any bot. */
async function postRound(discord: LocalDiscord): Promise<string> {
  const picture = await sharp({ create: { width: 320, height: 240, channels: 3, background: "#c0392b" } })
    .webp()
    .toBuffer();
  const images = Array.from({ length: 4 }, () => ({ image: LABELED_IMAGE, picture }));
  const round = { id: ROUND, project: null, question: HOTDOG_QUESTION, images };
  return postMessage(discord, roundMessage(round, en));
}
