/** The local Discord in a process of its own, and a person in it who asks for stats. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startLocalDiscord } from "../local-discord/src/start.ts";
import { answerParent } from "./child.ts";
import { sharedClock } from "./shared-clock.ts";

/** Milliseconds. */
const PATIENCE = 60_000;
const GLANCE = 20;
/** In a message, at the most. */
const FILES = 10;

const request = z.union([
  /** Asks so often; the answer is how often so far. */
  z.object({ ask: z.int() }),
  /** Answers when these interactions are answered, each once and by what was asked. */
  z.object({ check: z.array(z.string()) }),
  /** Answers when these interactions are answered, with when each was, by the shared clock. */
  z.object({ answered: z.array(z.string()) }),
  /** Posts these pictures, given in base64, and answers with their addresses. */
  z.object({ post: z.array(z.base64()) }),
]);

const discord = await startLocalDiscord({ port: 0, rateLimits: false });
const ketchup = discord.user("ketchup");
type Invocation = ReturnType<typeof ketchup.command>;
const asked = new Map<string, Invocation & { numbers: string }>();
/** Stats that one person asks for, who may do so 30 times a minute; then another comes. */
const STATS_OF_ONE = 20;
let asker = discord.visitor("visitor 1");

function ask(): void {
  const numbers = `${asked.size + 1} 5 8`;
  if (asked.size % STATS_OF_ONE === 0) asker = discord.visitor(`visitor ${asked.size + 1}`);
  const invocation = asker.command("stats", { numbers });
  asked.set(invocation.id, { ...invocation, numbers });
}

/** When each interaction was answered. */
const answers = new Map<string, number>();
discord.subscribe((event) => {
  const id = event.t === "MESSAGE_UPDATE" ? event.d.interaction_metadata?.id : undefined;
  if (id === undefined || answers.has(id)) return;
  answers.set(id, sharedClock());
});

/** In their order; looks now and then, as that costs what is measured less than a look at every event. */
async function answered(ids: readonly string[]): Promise<number[]> {
  const started = sharedClock();
  while (!ids.every((id) => answers.has(id))) {
    if (sharedClock() - started > PATIENCE) throw new Error("not everybody was answered");
    await wait(GLANCE);
  }
  return ids.map((id) => answers.get(id) ?? Number.NaN);
}

/** As many to a message as Discord takes. */
function post(pictures: readonly string[]): string[] {
  const files = pictures.map((picture) => ({ name: "picture.jpg", bytes: Buffer.from(picture, "base64") }));
  const messages: ReturnType<typeof ketchup.post>[] = [];
  while (files.length > 0) messages.push(ketchup.post("", files.splice(0, FILES)));
  return messages.flatMap(({ attachments }) => attachments.map(({ url }) => url));
}

async function check(id: string): Promise<void> {
  const found = asked.get(id);
  if (found === undefined) throw new Error(`nobody asked ${id}`);
  const { content, edited_timestamp: edited } = await found.answer({ timeout: PATIENCE });
  if (!content.includes(found.numbers.replaceAll(" ", " · ")))
    throw new Error(`who asked ${found.numbers} was answered: ${content}`);
  // To put the answer in the place of "thinking" is no edit; to give it again is one.
  if (edited !== null) throw new Error(`who asked ${found.numbers} was answered more than once`);
}

answerParent(process, async (message) => {
  const wanted = request.parse(message);
  if ("answered" in wanted) return answered(wanted.answered);
  if ("post" in wanted) return post(wanted.post);
  if ("ask" in wanted) for (let count = 0; count < wanted.ask; count += 1) ask();
  // One after the other: each that waits looks again at every event.
  else for (const id of wanted.check) await check(id);
  return asked.size;
});
process.send?.({ api: discord.api, cdn: discord.cdn, token: discord.botToken });
