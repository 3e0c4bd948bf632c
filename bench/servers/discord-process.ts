/** The local Discord in a separate process, with people in it who send `/stats`. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startLocalDiscord } from "../../local-discord/src/start.ts";
import { answerParent } from "../harness/child.ts";
import { sharedClock } from "../harness/open-loop.ts";

const TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 20;
const MAX_FILES_PER_MESSAGE = 10;

const request = z.union([
  /** Sends this many `/stats`. The answer is the total number so far. */
  z.object({ ask: z.int() }),
  /** Resolves when these interactions are answered. Fails if one has a wrong answer, or more than one. */
  z.object({ check: z.array(z.string()) }),
  /** Resolves when these interactions are answered, with the time of each answer by the shared clock. */
  z.object({ answered: z.array(z.string()) }),
  /** Posts these pictures (base64) and answers with their URLs. */
  z.object({ post: z.array(z.base64()) }),
]);

const discord = await startLocalDiscord({ port: 0, rateLimits: false });
const ketchup = discord.user("ketchup");
type Invocation = ReturnType<typeof ketchup.command>;
const asked = new Map<string, Invocation & { numbers: string }>();
/** How many `/stats` one person sends before the next person takes over; the limit is 30 per minute. */
const STATS_PER_PERSON = 20;
let asker = discord.visitor("visitor 1");

function ask(): void {
  const numbers = `${asked.size + 1} 5 8`;
  if (asked.size % STATS_PER_PERSON === 0) asker = discord.visitor(`visitor ${asked.size + 1}`);
  const invocation = asker.command("stats", { numbers });
  asked.set(invocation.id, { ...invocation, numbers });
}

/** When each interaction was answered, by the shared clock. */
const answers = new Map<string, number>();
discord.subscribe((event) => {
  const id = event.t === "MESSAGE_UPDATE" ? event.d.interaction_metadata?.id : undefined;
  if (id === undefined || answers.has(id)) return;
  answers.set(id, sharedClock());
});

/** Waits for the answers. It polls, because a check on every event would slow down what is measured. */
async function answerTimes(ids: readonly string[]): Promise<number[]> {
  const started = sharedClock();
  while (!ids.every((id) => answers.has(id))) {
    if (sharedClock() - started > TIMEOUT_MS) throw new Error("some interactions were not answered");
    await wait(POLL_INTERVAL_MS);
  }
  return ids.map((id) => answers.get(id) ?? Number.NaN);
}

/** Posts as many files per message as Discord allows. */
function post(pictures: readonly string[]): string[] {
  const files = pictures.map((picture) => ({ name: "picture.jpg", bytes: Buffer.from(picture, "base64") }));
  const messages: ReturnType<typeof ketchup.post>[] = [];
  while (files.length > 0) messages.push(ketchup.post("", files.splice(0, MAX_FILES_PER_MESSAGE)));
  return messages.flatMap(({ attachments }) => attachments.map(({ url }) => url));
}

async function check(id: string): Promise<void> {
  const found = asked.get(id);
  if (found === undefined) throw new Error(`interaction ${id} was never sent`);
  const { content, edited_timestamp: edited } = await found.answer({ timeout: TIMEOUT_MS });
  if (!content.includes(found.numbers.replaceAll(" ", " · ")))
    throw new Error(`wrong answer to ${found.numbers}: ${content}`);
  // Replacing "thinking…" does not count as an edit; a second answer does.
  if (edited !== null) throw new Error(`more than one answer to ${found.numbers}`);
}

answerParent(process, async (message) => {
  const command = request.parse(message);
  if ("answered" in command) return answerTimes(command.answered);
  if ("post" in command) return post(command.post);
  if ("ask" in command) for (let count = 0; count < command.ask; count += 1) ask();
  // One after the other, because each waiting check looks at every event.
  else for (const id of command.check) await check(id);
  return asked.size;
});
process.send?.({ api: discord.api, cdn: discord.cdn, token: discord.botToken });
