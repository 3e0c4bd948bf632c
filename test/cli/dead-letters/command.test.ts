import { describe, expect, it } from "vitest";
import { deadLettersCommand, runDeadLetters } from "../../../src/cli/dead-letters/command.ts";
import { formatJob, type Job } from "../../../src/jobs/job.ts";
import type { DeadLetter, JobQueue } from "../../../src/queue/queue.ts";
import { statsJob } from "../../jobs/jobs.ts";
import { memoryStreams } from "../../memory-streams.ts";
import { parse, parsed } from "../parse.ts";

const AT = new Date("2026-11-28T20:45:06.789Z");
const FAILED = {
  id: "a",
  body: formatJob(statsJob(1_573_794_242)),
  reason: "500 of /webhooks/1/token-of-1573794242/messages\n\u202Enext line",
  at: AT,
};
const STRANGE = { id: "b", body: "no job", reason: "it does not parse" };

/** A queue with these dead letters, as every engine promises it. */
function queueWith(...letters: DeadLetter[]) {
  const dead = new Map(letters.map((letter) => [letter.id, letter]));
  const retried: string[] = [];
  const take = (ids: readonly string[]): string[] => ids.filter((id) => dead.delete(id));
  const queue = {
    deadLetters: async () => [...dead.values()],
    async retryDeadLetters(ids: readonly string[] = [...dead.keys()]) {
      const taken = take(ids);
      retried.push(...taken);
      return taken;
    },
    dropDeadLetters: async (ids: readonly string[]) => take(ids),
  } as unknown as JobQueue;
  return { queue, retried, left: () => [...dead.keys()] };
}

async function run(words: string, queue: JobQueue): Promise<{ code: number; out: string; err: string }> {
  const action = parsed(deadLettersCommand, words.split(" "));
  const { written, streams } = memoryStreams("out", "err");
  const code = await runDeadLetters(action, queue, streams);
  return { code, ...written };
}

describe("npm run dead-letters", () => {
  it("lists one dead letter per line, without secrets or control characters", async () => {
    expect(await run("list", queueWith(FAILED, STRANGE).queue)).toEqual({
      code: 0,
      out: [
        String.raw`a  2026-11-28T20:45:06.789Z  stats  1573794242  500 of /webhooks/1/[redacted]/messages\u{a}\u{202e}next line`,
        "b  unknown time  no job  -  it does not parse",
        "",
      ].join("\n"),
      err: "",
    });
  });

  it("lists them as JSON, one object per line", async () => {
    const { out } = await run("list --json", queueWith(FAILED, STRANGE).queue);
    const lines = out.split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      {
        id: "a",
        at: "2026-11-28T20:45:06.789Z",
        kind: "stats",
        reference: "1573794242",
        reason: "500 of /webhooks/1/[redacted]/messages\n\u202Enext line",
      },
      { id: "b", at: null, kind: null, reference: null, reason: "it does not parse" },
    ]);
  });

  it("shows no text that a person typed", async () => {
    const typed: Job = statsJob(1, { request: "3 5 secret", numbers: ["3", "5"] });
    const { queue } = queueWith({ ...FAILED, body: formatJob(typed) });
    expect((await run("list", queue)).out).not.toContain("secret");
    expect((await run("list --json", queue)).out).not.toContain("secret");
  });

  it("says that there are no dead letters, except in JSON", async () => {
    const { queue } = queueWith();
    expect(await run("list", queue)).toEqual({ code: 0, out: "There are no dead letters.\n", err: "" });
    expect(await run("list --json", queue)).toEqual({ code: 0, out: "", err: "" });
  });

  it("retries each named dead letter once, and names those that do not exist", async () => {
    const { queue, retried, left } = queueWith(FAILED, STRANGE);
    expect(await run("retry nonsense a a", queue)).toEqual({
      code: 1,
      out: "1 job was sent again.\n",
      err: "There is no dead letter nonsense, or another process holds it at the moment. Use list to see all.\n",
    });
    expect(retried).toEqual(["a"]);
    expect(left()).toEqual(["b"]);
  });

  it("retries all of them without an id", async () => {
    const { queue, retried } = queueWith(FAILED, STRANGE);
    expect(await run("retry", queue)).toEqual({ code: 0, out: "2 jobs were sent again.\n", err: "" });
    expect(retried).toEqual(["a", "b"]);
    expect(await run("retry", queue)).toEqual({ code: 0, out: "0 jobs were sent again.\n", err: "" });
  });

  it("drops the named dead letters, and retries nothing", async () => {
    const { queue, retried, left } = queueWith(FAILED, STRANGE);
    expect(await run("drop b", queue)).toEqual({ code: 0, out: "1 job was dropped.\n", err: "" });
    expect(left()).toEqual(["a"]);
    const { code, err } = await run("drop b", queue);
    expect({ code, err }).toEqual({
      code: 1,
      err: "There is no dead letter b, or another process holds it at the moment. Use list to see all.\n",
    });
    expect(retried).toEqual([]);
  });
});

describe("the arguments of npm run dead-letters", () => {
  it.each([
    ["list", { action: "list", ids: [], json: false }],
    ["list --json", { action: "list", ids: [], json: true }],
    ["retry", { action: "retry", ids: [], json: false }],
    ["retry 1 2 1", { action: "retry", ids: ["1", "2"], json: false }],
    ["drop 1", { action: "drop", ids: ["1"], json: false }],
    ["burn --help", "help"],
  ])("are parsed: %s", (words, action) => {
    expect(parse(deadLettersCommand, words)).toEqual(action);
  });

  it.each([
    ["", "An action is missing: list, retry or drop."],
    ["burn", "Unknown action 'burn'."],
    ["drop", "drop needs the ids of dead letters, as list prints them."],
    ["list 1", "list takes no ids."],
    ["retry --json", "--json only works with list."],
    ["list --json=yes", "Option '--json' does not take an argument"],
    ["list --quick", expect.stringMatching(/^Unknown option '--quick'/)],
  ])("are refused: %s", (words, mistake) => {
    expect(parse(deadLettersCommand, words)).toEqual({ mistake });
  });
});
