import { describe, expect, it, vi } from "vitest";
import type { ReplySender } from "../../src/queue/reply.ts";
import { ENGINES, startClient, useEngine, type Ended } from "./use-client.ts";

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

/** Sends numbers that are none. */
function withControls(replies: ReplySender | undefined): ReplySender | undefined {
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

/** Sends nothing but that all has failed. */
function failuresAlone(replies: ReplySender | undefined): ReplySender | undefined {
  if (replies === undefined) return undefined;
  return {
    ...replies,
    async send(reply) {
      if (reply.stats !== null) throw new Error("no replies today");
      await replies.send(reply);
    },
  };
}

describe.each(ENGINES)("npm run client over %s", (name, start) => {
  const use = useEngine(start);

  function run(words: string, input?: string, settings: object = use().place): Promise<Ended> {
    const { child, ended } = startClient(use().opened, settings, words.split(" ").filter(Boolean), input);
    child.child.stdin?.end();
    return ended;
  }

  it("prints the worker's answer, of which a log is written", async () => {
    expect(await run("3 5 8")).toEqual({ code: 0, stdout: `${ANSWER}\n`, stderr: "" });
    const { store } = use();
    const [log] = await vi.waitFor(async () => {
      const logs = await store.list("logs/");
      expect(logs).toHaveLength(1);
      return logs;
    }, LONG);
    const text = Buffer.from((await store.get(log?.key ?? ""))?.body ?? "").toString();
    expect(text).toMatch(/^kind: client-stats\n(?:.*\n)*guild: none\nchannel: none \(a client without/m);
    expect(text).toMatch(/^request: 3 5 8\nnumbers: 3 5 8\nmin: 3\nmax: 8\nmean: ≈ 5.33333333333\n/m);
  });

  it("escapes what could move the cursor, whoever has written it", async () => {
    const { engine, startQuickWorker } = use();
    const place = await engine.newPlace();
    await startQuickWorker(place, withControls);
    const shown = "min \\u{1b}[2J3, max 8\\u{202e}, mean ≈ 5.33333333333, median 5";
    expect(await run("3 5 8", undefined, place)).toEqual({ code: 0, stdout: `${shown}\n`, stderr: "" });
    const lines = await run("", "3 5 8\n\u001b[31m\n", place);
    expect(lines.stdout).toBe(`3 5 8: ${shown}\n`);
    expect(lines.stderr).toContain('line 2: Not a number: "\\u{1b}[31m".\n');
    const mistaken = await run("--a\u001b[31m", undefined, place);
    expect(mistaken.stderr).toContain("There is no option --a\\u{1b}[31m.\n");
    expect(mistaken.stderr + lines.stderr).not.toMatch(/[^\n\P{C}]/u);
  });

  it("gives each of several clients at once its own answers", async () => {
    const clients = ["1", "2", "3"].map((number) => run("", `${number}\n${number} ${number}\n`));
    for (const [index, { code, stdout, stderr }] of (await Promise.all(clients)).entries()) {
      const n = String(index + 1);
      const answer = `min ${n}, max ${n}, mean ${n}, median ${n}`;
      expect(stdout.trimEnd().split("\n").toSorted()).toEqual([`${n} ${n}: ${answer}`, `${n}: ${answer}`]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    }
  });

  it("takes lines while it waits, tells at once which is invalid, and answers the others", async () => {
    const { engine, opened, startQuickWorker } = use();
    const place = await engine.newPlace();
    const client = startClient(opened, place, [], "3 5 8\n3 -5 x\n\n");
    await vi.waitFor(() => expect(client.written.stderr).toContain("line 2: "), LONG);
    expect(client.written.stdout).toBe("");
    client.child.child.stdin?.write("  2\t4 \n0\n1e3");
    await vi.waitFor(() => expect(client.written.stderr).toContain("line 5: "), LONG);
    await startQuickWorker(place, twice);
    await vi.waitFor(() => expect(client.written.stdout.split("\n")).toHaveLength(3), LONG);
    client.child.child.stdin?.end();
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

  it("fails when nothing is asked, lest a smoke test pass that forgot its numbers", async () => {
    expect(await run("", " \n\n")).toEqual({ code: 1, stdout: "", stderr: "Nothing was asked.\n" });
  });

  it("gives up after its time-out, which says what may be wrong; the job stays", async () => {
    const { engine, startQuickWorker } = use();
    const place = await engine.newPlace();
    const [one, lines] = await Promise.all([
      run("--timeout 1 3 5", undefined, place),
      run("--timeout 1", "3\nx\n", place),
    ]);
    const perhaps =
      name === "SQS"
        ? "no worker is running on this queue, or it has no REPLY_QUEUE_URL or another one."
        : "no worker is running on this queue.";
    expect(one?.stderr).toMatch(
      new RegExp(`^no answer within 1 s. Perhaps ${perhaps} The job stays queued, .* Reference: \\d+\\n$`),
    );
    expect(one).toMatchObject({ code: 3, stdout: "" });
    expect(lines?.stderr).toContain("3: no answer within 1 s.");
    expect(lines).toMatchObject({ code: 3, stdout: "" });
    const { logged } = await startQuickWorker(place);
    await vi.waitFor(() => expect(logged().match(/"msg":"done"/g)).toHaveLength(2), LONG);
  });

  it("says when the worker has failed for good, with a reference to its log", async () => {
    const { engine, startQuickWorker } = use();
    const place = await engine.newPlace();
    const { logged } = await startQuickWorker(place, failuresAlone);
    const { code, stdout, stderr } = await run("3", undefined, place);
    expect(stderr).toMatch(/^the worker failed 5 times and has given up\. .* Reference: \d+\n$/);
    const reference = /Reference: (\d+)/.exec(stderr)?.[1];
    expect(logged()).toContain(`"interaction":"${reference}"`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });

  it("ends at once at Ctrl+C", async () => {
    const { engine, opened } = use();
    const client = startClient(opened, await engine.newPlace(), [], "x\n");
    await vi.waitFor(() => expect(client.written.stderr).toContain("line 1: "), LONG);
    const since = performance.now();
    client.child.child.kill("SIGINT");
    expect((await client.ended).code).toBe(130);
    expect(performance.now() - since).toBeLessThan(1_000);
  });

  it("lets the worker's process stop in order", async () => {
    const { worker } = use();
    worker.child.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
  });
});

describe("a worker on SQS without REPLY_QUEUE_URL", () => {
  const use = useEngine(ENGINES[0][1]);

  it("fails a client's jobs, and says why in its log and the dead letters", async () => {
    const { engine, opened, startQuickWorker } = use();
    const place = await engine.newPlace();
    const { queue, logged } = await startQuickWorker({ QUEUE_URL: place.QUEUE_URL });
    const client = startClient(opened, place, ["--timeout", "2", "3"]);
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

describe("npm run client", () => {
  async function run(args: string[], settings: object = {}): Promise<Ended> {
    await using opened = new AsyncDisposableStack();
    return await startClient(opened, settings, args).ended;
  }

  it("refuses numbers before it looks for a queue, and names every wrong one and what is accepted", async () => {
    expect(await run(["-3", "5", "x"])).toEqual({
      code: 1,
      stdout: "",
      stderr:
        'These numbers cannot be taken; nothing was queued.\nNot greater than 0: "-3".\nNot a number: "x".\nAccepted: 1 to 10 numbers greater than 0, separated by spaces, commas or semicolons, such as 3 5 8, .5, 2.50 or 1e3. Each has at most 30 digits and lies between 1e-30 and 1e30.\n',
    });
  });

  it("has a help text, and explains itself to whoever makes a mistake", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(stdout).toMatch(/^Usage: npm run client -- \[--timeout SECONDS\] \[NUMBER…\]\n/);
    expect(code).toBe(0);
    const mistake = await run(["--quick"]);
    expect(mistake.stderr).toMatch(/^There is no option --quick\.\n\nUsage: /);
    expect(mistake.code).toBe(1);
  });

  const sqs = "https://127.0.0.1:1/hotdog";
  it.each([
    [{}, "There is no queue that this command could reach: without QUEUE_URL, npm start keeps its queue in"],
    [{ QUEUE_URL: "memory:" }, "Type /stats in the local Discord that npm start opens; or set QUEUE_URL to"],
    [{ QUEUE_URL: "nowhere" }, "QUEUE_URL must be memory: or the address of an SQS queue"],
    [{ QUEUE_URL: sqs }, "REPLY_QUEUE_URL is required with a queue on SQS: the address of another SQS queue"],
    [{ QUEUE_URL: sqs, REPLY_QUEUE_URL: sqs }, "REPLY_QUEUE_URL must be another queue than QUEUE_URL"],
    [
      { QUEUE_URL: sqs, REPLY_QUEUE_URL: "redis://localhost" },
      "REPLY_QUEUE_URL must be the address of an SQS",
    ],
    [{ QUEUE_URL: "redis://127.0.0.1:1" }, "The queue redis://127.0.0.1:1/0 cannot be used: "],
  ])("says what is wrong with %j", async (settings, sentence) => {
    const { code, stderr } = await run(["3"], settings);
    expect(stderr).not.toContain("cannot start");
    expect(stderr).toMatch(new RegExp(sentence));
    expect(stderr).not.toContain("    at ");
    expect(code).toBe(1);
  });
});
