import { describe, expect, it, vi } from "vitest";
import { runProcess } from "../../end-to-end/process.ts";
import { onRedis, onSqs, startClientProcess, startWorkerProcess, useEngine } from "./use-client.ts";

const LONG = { timeout: 25_000 };

const [sqs, redis] = [useEngine(onSqs), useEngine(onRedis)];

describe.each([
  ["SQS", sqs],
  ["Redis", redis],
])("npm run client over %s", (_, use) => {
  it("prints the answer of a worker, which writes its log, and both exit with 0", async () => {
    const { engine, folder, store } = use();
    const place = await engine.newPlace();
    await using worker = await startWorkerProcess(place, folder);
    await using client = startClientProcess(place, ["3", "5", "8"]);
    expect(await client.exited).toBe(0);
    expect(client.output()).toBe("min 3, max 8, mean ≈ 5.33333333333, median 5\n");
    const [log] = await vi.waitFor(async () => {
      const logs = await store.list("logs/");
      expect(logs).toHaveLength(1);
      return logs;
    }, LONG);
    const text = Buffer.from((await store.get(log?.key ?? ""))?.body ?? "").toString();
    expect(text).toMatch(/^kind: client-stats\n(?:.*\n)*guild: none\nchannel: none \(a client without/m);
    expect(text).toMatch(/^request: 3 5 8\nnumbers: 3 5 8\nmin: 3\nmax: 8\nmean: ≈ 5.33333333333\n/m);
    worker.child.kill("SIGTERM");
    expect(await worker.exited).toBe(0);
  });
});

describe("npm run client", () => {
  it("reads lines from its input, writes answers to stdout and errors to stderr, and exits at once at Ctrl+C", async () => {
    const { engine, startWorker } = redis();
    const place = await engine.newPlace();
    await startWorker(place);
    await using client = runProcess("src/cli/client/main.ts", { ...place }, [], "pipe");
    const written = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      client.child[name]?.on("data", (data: Buffer) => (written[name] += data.toString()));
    client.child.stdin?.write("x\n3\n");
    await vi.waitFor(() => expect(written.stderr).toMatch(/^line 1: Not a number: "x"\.\n/), LONG);
    await vi.waitFor(() => expect(written.stdout).toBe("3: min 3, max 3, mean 3, median 3\n"), LONG);
    const since = performance.now();
    client.child.kill("SIGINT");
    expect(await client.exited).toBe(130);
    expect(performance.now() - since).toBeLessThan(1_000);
  });

  it.each([
    [["--quick"], /^Unknown option '--quick'.*\n\nUsage: /],
    [["3"], /^The queue redis:\/\/127\.0\.0\.1:1\/0 cannot be used: it cannot be reached .*\.\n$/],
  ])("fails with the reason, without a stack: %j", async (args, reason) => {
    await using client = startClientProcess({ QUEUE_URL: "redis://127.0.0.1:1" }, args);
    expect(await client.exited).toBe(1);
    expect(client.output()).toMatch(reason);
    expect(client.output()).not.toContain("    at ");
  });
});
