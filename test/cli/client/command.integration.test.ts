import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ReplySender } from "../../../src/queue/reply.ts";
import { stubAws } from "../../aws/environment.ts";
import { onRedis, onSqs, startClient, useEngine, type Ended } from "./use-client.ts";

beforeAll(() => stubAws());
// Registered first, so called last: the queues of SQS close with these settings.
afterAll(() => void vi.unstubAllEnvs());
const [sqs, redis] = [useEngine(onSqs), useEngine(onRedis)];

const LONG = { timeout: 25_000 };
const ANSWER = "min 3, max 8, mean ≈ 5.33333333333, median 5";

/** Sends each reply twice. */
function twice(replies: ReplySender | undefined): ReplySender | undefined {
  if (replies === undefined) return undefined;
  return {
    ...replies,
    async send(reply) {
      await replies.send(reply);
      await replies.send(reply);
    },
  };
}

/** Adds control characters to the numbers in replies. */
function withControlCharacters(replies: ReplySender | undefined): ReplySender | undefined {
  if (replies === undefined) return undefined;
  return {
    ...replies,
    send(reply) {
      const { stats } = reply;
      if (stats === null) return replies.send(reply);
      const changed = { min: `\u001b[2J${stats.min}`, max: `${stats.max}\u202e` };
      return replies.send({ ...reply, stats: { ...stats, ...changed } });
    },
  };
}

/** Sends only the replies that report a failure. */
function failuresOnly(replies: ReplySender | undefined): ReplySender | undefined {
  if (replies === undefined) return undefined;
  return {
    ...replies,
    async send(reply) {
      if (reply.stats !== null) throw new Error("no replies today");
      await replies.send(reply);
    },
  };
}

/** Runs the client; its input is empty by default. @param words arguments, separated by spaces */
function run(words: string, settings: object, input?: string): Promise<Ended> {
  const { stdin, ended } = startClient(settings, words.split(" ").filter(Boolean), input);
  stdin.end();
  return ended;
}

describe.concurrent.each([
  ["SQS", sqs],
  ["Redis", redis],
])("npm run client over %s", (name, use) => {
  it("gives each of several concurrent clients its own answers", async () => {
    const { engine, startWorker } = use();
    const place = await engine.newPlace();
    await startWorker(place);
    const clients = ["1", "2", "3"].map((number) => run("", place, `${number}\n${number} ${number}\n`));
    for (const [index, { code, stdout, stderr }] of (await Promise.all(clients)).entries()) {
      const n = String(index + 1);
      const answer = `min ${n}, max ${n}, mean ${n}, median ${n}`;
      expect(stdout.trimEnd().split("\n").toSorted()).toEqual([`${n} ${n}: ${answer}`, `${n}: ${answer}`]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    }
  });

  it("gives up at its time-out, says what may be wrong, and leaves the job in the queue", async () => {
    const { engine, startWorker } = use();
    const place = await engine.newPlace();
    const [one, lines] = await Promise.all([
      run("--timeout 1 3 5", place),
      run("--timeout 1", place, "3\nx\n"),
    ]);
    const perhaps =
      name === "SQS"
        ? "no worker is running on this queue, or its REPLY_QUEUE_URL is missing or another one."
        : "no worker is running on this queue.";
    expect(one?.stderr).toMatch(
      new RegExp(
        `^no answer within 1 s. Perhaps ${perhaps} The job stays in the queue until a worker runs it\\. Reference: \\d+\\n$`,
      ),
    );
    expect(one).toMatchObject({ code: 3, stdout: "" });
    expect(lines?.stderr).toContain("3: no answer within 1 s.");
    expect(lines).toMatchObject({ code: 3, stdout: "" });
    const { logged } = await startWorker(place);
    await vi.waitFor(() => expect(logged().match(/"msg":"done"/g)).toHaveLength(2), LONG);
  });
});

describe.concurrent("npm run client", () => {
  it("escapes control characters in its input and in replies", async () => {
    const { engine, startWorker } = redis();
    const place = await engine.newPlace();
    await startWorker(place, withControlCharacters);
    const shown = "min \\u{1b}[2J3, max 8\\u{202e}, mean ≈ 5.33333333333, median 5";
    expect(await run("3 5 8", place)).toEqual({ code: 0, stdout: `${shown}\n`, stderr: "" });
    const lines = await run("", place, "3 5 8\n\u001b[31m\n");
    expect(lines.stdout).toBe(`3 5 8: ${shown}\n`);
    expect(lines.stderr).toContain('line 2: Not a number: "\\u{1b}[31m".\n');
    expect(lines.stderr).not.toMatch(/[^\n\P{C}]/u);
  });

  it("reads lines while it waits, reports invalid ones at once, and answers the others", async () => {
    const { engine, startWorker } = redis();
    const place = await engine.newPlace();
    const client = startClient(place, [], "3 5 8\n3 -5 x\n\n");
    await vi.waitFor(() => expect(client.written.stderr).toContain("line 2: "), LONG);
    expect(client.written.stdout).toBe("");
    client.stdin.write("  2\t4 \n0\n1e3");
    await vi.waitFor(() => expect(client.written.stderr).toContain("line 5: "), LONG);
    await startWorker(place, twice);
    await vi.waitFor(() => expect(client.written.stdout.split("\n")).toHaveLength(3), LONG);
    client.stdin.end();
    const { code, stdout, stderr } = await client.ended;
    expect(stdout.trimEnd().split("\n").toSorted()).toEqual([
      "1e3: min 1000, max 1000, mean 1000, median 1000",
      "2 4: min 2, max 4, mean 3, median 3",
      `3 5 8: ${ANSWER}`,
    ]);
    expect(stderr).toMatch(
      /^line 2: Not greater than 0: "-5". Not a number: "x".\nAccepted: .*\nline 5: Not greater than 0: "0".\n$/,
    );
    expect(code).toBe(1);
  });

  it("fails without a request, so that a smoke test that forgot its numbers does not pass", async () => {
    expect(await run("", await redis().engine.newPlace(), " \n\n")).toEqual({
      code: 1,
      stdout: "",
      stderr: "There was no request.\n",
    });
  });

  it("reports that the worker has given up, with a reference to its log", async () => {
    const { engine, startWorker } = redis();
    const place = await engine.newPlace();
    const { logged } = await startWorker(place, failuresOnly);
    const { code, stdout, stderr } = await run("3", place);
    expect(stderr).toMatch(/^the worker failed 5 times and has given up\. .* Reference: \d+\n$/);
    const reference = /Reference: (\d+)/.exec(stderr)?.[1];
    expect(logged()).toContain(`"interaction":"${reference}"`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });
});

describe.concurrent("a worker on SQS without REPLY_QUEUE_URL", () => {
  it("fails a client's jobs, and says why in its log and the dead letters", async () => {
    const { engine, startWorker } = sqs();
    const place = await engine.newPlace();
    const { queue, logged } = await startWorker({ QUEUE_URL: place.QUEUE_URL });
    const client = startClient(place, ["--timeout", "1", "3"]);
    expect((await client.ended).code).toBe(3);
    const letters = await vi.waitFor(async () => {
      const found = await queue.deadLetters();
      expect(found).toHaveLength(1);
      return found;
    }, LONG);
    expect(letters[0]?.reason).toBe("this worker has no reply queue: REPLY_QUEUE_URL is not set");
    expect(logged()).toContain("failed for the last time");
  });
});

describe("npm run client without a queue", () => {
  it("refuses invalid numbers before it needs a queue, lists them, and says what is accepted", async () => {
    expect(await run("-3 5 x", {})).toEqual({
      code: 1,
      stdout: "",
      stderr:
        'These numbers are not accepted; nothing was sent.\nNot greater than 0: "-3".\nNot a number: "x".\nAccepted: 1 to 10 numbers greater than 0, separated by spaces, commas or semicolons, such as 3 5 8, .5, 2.50 or 1e3. Each has at most 30 digits and lies between 1e-30 and 1e30.\n',
    });
  });
});
