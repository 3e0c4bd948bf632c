/** The local Discord in a process of its own, and a person in it who asks for stats. */
import { z } from "zod";
import { startPlayground } from "../playground/start.ts";
import { answerParent } from "./child.ts";

/** Milliseconds. */
const PATIENCE = 60_000;

const request = z.union([
  /** Asks so often; the answer is how often so far. */
  z.object({ ask: z.int() }),
  /** Answers when these interactions are answered, each once and by what was asked. */
  z.object({ check: z.array(z.string()) }),
]);

const discord = await startPlayground({ port: 0, rateLimits: false });
const ketchup = discord.user("ketchup");
type Invocation = ReturnType<typeof ketchup.command>;
const asked = new Map<string, Invocation & { numbers: string }>();

function ask(): void {
  const numbers = `${asked.size + 1} 5 8`;
  const invocation = ketchup.command("stats", { numbers });
  asked.set(invocation.id, { ...invocation, numbers });
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
  if ("ask" in wanted) for (let count = 0; count < wanted.ask; count += 1) ask();
  // One after the other: each that waits looks again at every event.
  else for (const id of wanted.check) await check(id);
  return asked.size;
});
process.send?.({ api: discord.api, cdn: discord.cdn, token: discord.botToken });
