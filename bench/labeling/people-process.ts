/** The local Discord in a separate process, with people in it who label images. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startLocalDiscord } from "../../local-discord/src/start.ts";
import { answerParent } from "../harness/child.ts";
import { labelers, type Labeler } from "./labeler.ts";

/** Times are in milliseconds. */
const request = z.union([
  /** Resolves when the bot has registered this command. */
  z.object({ awaitCommand: z.string() }),
  /** A new person sends `/label`. The answer is their number, and the time until the first image. */
  z.object({ start: z.literal(true) }),
  /** The person with this number answers one image. The answer is the time until the next one. */
  z.object({ answerAs: z.int() }),
  /** What the person with this number has done so far. */
  z.object({ deedsOf: z.int() }),
  /** The number of answers of all people so far. */
  z.object({ countAnswers: z.literal(true) }),
  /** New people share this many rounds of `/hotdog`, at the same time. */
  z.object({ rounds: z.int(), people: z.int() }),
  /**
   * New people label at the same time, and look at each image for a while. The answer has the times until the next image of
   * those presses that come after the warm-up.
   */
  z.object({ people: z.int(), lookMs: z.number(), warmUpMs: z.number(), measuredMs: z.number() }),
]);
type Crowd = Extract<z.infer<typeof request>, { lookMs: number }>;

const discord = await startLocalDiscord({ port: 0, rateLimits: false });
const enter = labelers(discord);
const alone: Labeler[] = [];
const everyone: Labeler[] = [];

function newPeople(count: number): Labeler[] {
  const entering = Array.from({ length: count }, (_, index) =>
    enter(`visitor ${everyone.length + index + 1}`),
  );
  everyone.push(...entering);
  return entering;
}

function personAt(number: number): Labeler {
  const person = alone[number];
  if (person === undefined) throw new Error(`person ${number} does not exist`);
  return person;
}

async function labelInRounds(count: number, people: number) {
  const all = newPeople(people);
  const shares = all.map((person, index) =>
    repeat(Math.ceil((count - index) / people), () => person.round()),
  );
  const rounds = (await Promise.all(shares)).flat();
  return { rounds, deeds: all.map((person) => person.deeds()) };
}

async function repeat<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (results.length < count) results.push(await work());
  return results;
}

async function labelAsCrowd({ people, lookMs, warmUpMs, measuredMs }: Crowd): Promise<number[]> {
  const started = performance.now();
  const measureFrom = started + warmUpMs;
  const end = measureFrom + measuredMs;
  const times = newPeople(people).map(async (person, index) => {
    // They begin at different moments of the time that they look.
    await wait((index / people) * lookMs);
    await person.start();
    const measured: number[] = [];
    for (;;) {
      if (performance.now() + lookMs > end) return measured;
      await wait(lookMs);
      const pressed = performance.now();
      const time = await person.answer();
      if (pressed >= measureFrom) measured.push(time);
    }
  });
  return (await Promise.all(times)).flat();
}

answerParent(process, async (message) => {
  const command = request.parse(message);
  if ("awaitCommand" in command) return (await discord.waitForCommand(command.awaitCommand)).name;
  if ("answerAs" in command) return personAt(command.answerAs).answer();
  if ("deedsOf" in command) return personAt(command.deedsOf).deeds();
  if ("countAnswers" in command) return everyone.reduce((sum, person) => sum + person.deeds().images, 0);
  if ("rounds" in command) return labelInRounds(command.rounds, command.people);
  if ("lookMs" in command) return labelAsCrowd(command);
  const [person] = newPeople(1);
  return person && { number: alone.push(person) - 1, time: await person.start() };
});
const { api, cdn, botToken: token, channelId } = discord;
process.send?.({ api, cdn, token, channelId });
