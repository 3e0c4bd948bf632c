import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi, type TestContext } from "vitest";
import { bullmqQueue, bullmqSender } from "../../../src/queue/bullmq/bullmq-queue.ts";
import { StartError } from "../../../src/platform/start-error.ts";
import { runProcess } from "../../end-to-end/process.ts";
import { memoryLog } from "../../memory-log.ts";
import { makeCertificate } from "../../redis/certificate.ts";
import { startRedis, type RedisServer } from "../../redis/redis-server.ts";
import { statsJob } from "../../jobs/jobs.ts";

const PASSWORD = "pa55-w0rd";

/** @returns why the queue cannot be used, after checking that this does not contain the password */
async function reasonNotToStart(
  url: string,
  timeouts: Parameters<typeof bullmqSender>[1]["timeouts"] = {},
): Promise<string> {
  const { log, logged } = memoryLog();
  const error: unknown = await bullmqSender(url, { log, timeouts }).then(
    () => new Error("it opened"),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(StartError);
  const { message } = error as StartError;
  expect(message + logged()).not.toContain(PASSWORD);
  return /^The queue rediss?:\/\/[^@]+\/\d+ cannot be used: (.*)\.$/.exec(message)?.[1] ?? message;
}

async function redis(
  { onTestFinished }: TestContext,
  options?: Parameters<typeof startRedis>[0],
): Promise<RedisServer> {
  const server = await startRedis(options);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

/** Starts a server that serves each connection like this. */
async function listen({ onTestFinished }: TestContext, serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    serve(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `redis://:${PASSWORD}@127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.concurrent("opening a queue on Redis", () => {
  it("says that the connection is refused", async () => {
    expect(await reasonNotToStart(`redis://:${PASSWORD}@127.0.0.1:1/0`)).toBe(
      "it cannot be reached (ECONNREFUSED); check the address and the network",
    );
  });

  it("says that the host name cannot be resolved", async () => {
    expect(await reasonNotToStart("redis://redis.invalid")).toMatch(
      /^it cannot be reached \((?:ENOTFOUND|EAI_AGAIN)\); check the address and the network$/,
    );
  });

  it("gives up a server that never answers", async (test) => {
    const url = await listen(test, () => {});
    const started = performance.now();
    const reason = await reasonNotToStart(url, { commandMs: 500 });
    expect(reason).toBe("it does not answer; check the address and the network");
    expect(performance.now() - started).toBeLessThan(9_000);
  });

  it("says that the connection is closed at once", async (test) => {
    const url = await listen(test, (socket) => socket.destroy());
    expect(await reasonNotToStart(url)).toMatch(/^it c(?:loses the connection|annot be reached)/);
  });

  it("says that the password is wrong, or missing", async (test) => {
    const { url } = await redis(test, { settings: ["--requirepass", "another"] });
    expect(await reasonNotToStart(url(0, `:${PASSWORD}`))).toContain("its user or password is not accepted");
    expect(await reasonNotToStart(url(3, `bot:${PASSWORD}`))).toContain(
      "its user or password is not accepted",
    );
    expect(await reasonNotToStart(url(3))).toContain("it wants a password");
  });

  it("accepts user and password with special characters", async (test) => {
    const user = ["--user", "bot", "on", ">p@ss/w:rd%", "~hotdog-bot:*", "+@all"];
    const { url } = await redis(test, { settings: [...user, "--requirepass", "another"] });
    const { log } = memoryLog();
    const queue = await bullmqQueue(url(1, "bot:p%40ss%2Fw%3Ard%25"), { log });
    let done = 0;
    queue.consume(async () => void (done += 1), { concurrency: 1 });
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(done).toBe(1), { timeout: 10_000 });
    await queue.close();
  });

  it("says which permission a user lacks", async (test) => {
    const user = ["--user", "bot", "on", `>${PASSWORD}`, "~other:*", "+@all"];
    const { url } = await redis(test, { settings: user });
    expect(await reasonNotToStart(url(0, `bot:${PASSWORD}`))).toMatch(
      /^its user lacks a permission \(NOPERM .*\); allow all commands on the keys hotdog-bot:\*$/,
    );
  });

  it("says that there is no such database, and does not use another", async (test) => {
    const { url, look } = await redis(test);
    expect(await reasonNotToStart(url(999_999))).toBe(
      'it has no database 999999; use one from 0 up to its setting "databases"',
    );
    expect(await look().keys("*")).toEqual([]);
  });

  it("says that a replica takes no jobs", async (test) => {
    const { url } = await redis(test, { settings: ["--replicaof", "127.0.0.1", "1"] });
    expect(await reasonNotToStart(url())).toBe(
      "it is a replica, which takes no jobs; use the address of its primary",
    );
  });

  it("says that it takes no writes", async (test) => {
    const { url } = await redis(test, { settings: ["--min-replicas-to-write", "1"] });
    expect(await reasonNotToStart(url())).toMatch(/^it takes no writes \(NOREPLICAS /);
  });

  /** Starts a server that reports this version and answers scripts like this. */
  function pretend(test: TestContext, version: string, answer = "+OK"): Promise<string> {
    const info = `# Server\r\nredis_version:${version}\r\n# Memory\r\nmaxmemory_policy:noeviction\r\n`;
    return listen(test, (socket) => {
      socket.on("data", (data) => {
        for (const [command] of data.toString().matchAll(/\b(?:auth|client|info|eval)\b/gi)) {
          if (/info/i.test(command)) socket.write(`$${info.length}\r\n${info}\r\n`);
          else socket.write(`${/eval/i.test(command) ? answer : "+OK"}\r\n`);
        }
      });
    });
  }

  it("says that it is too old", async (test) => {
    const url = await pretend(test, "6.0.16");
    expect(await reasonNotToStart(url)).toBe("it runs Redis 6.0.16; 6.2 or newer is needed");
  });

  it.for([
    ["READONLY You can't write against a read only replica.", /^it is a replica, which takes no jobs/],
    ["OOM command not allowed when used memory > 'maxmemory'.", /^it takes no writes \(OOM /],
  ] as const)(
    "understands the errors of scripts in Redis 6, which have a prefix: %s",
    async ([answer, reason], test) => {
      const wrapped = `-ERR Error running script (call to f_c0ffee): @user_script:1: @user_script: 1: -${answer}`;
      expect(await reasonNotToStart(await pretend(test, "6.2.14", wrapped))).toMatch(reason);
    },
  );

  it("warns of settings of Redis that can lose jobs", async (test) => {
    const { url } = await redis(test, {
      settings: ["--maxmemory-policy", "allkeys-lru", "--appendonly", "no"],
    });
    const { log, logged } = memoryLog();
    vi.spyOn(console, "warn").mockImplementation(() => {});
    await (await bullmqSender(url(), { log })).close();
    expect(logged()).toContain("full (allkeys-lru); set its maxmemory-policy to noeviction");
    expect(logged()).toContain("set its appendonly to yes");
  });

  it("logs nothing about a Redis with the right settings", async (test) => {
    const { url } = await redis(test);
    const { log, logged } = memoryLog();
    await (await bullmqSender(url(), { log })).close();
    expect(logged()).toBe("");
  });

  it("refuses an invalid URL, and does not repeat it", async () => {
    expect(await reasonNotToStart(`redis://:${PASSWORD}/@127.0.0.1`)).toBe(
      "The address of the queue is not a Redis URL; it must look like redis://:PASSWORD@HOST:6379/0.",
    );
  });
});

describe.concurrent("a Redis with TLS", () => {
  async function withCertificate(test: TestContext): Promise<{ server: RedisServer; certificate: string }> {
    const folder = await mkdtemp(join(tmpdir(), "hotdog-tls-"));
    test.onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const tls = await makeCertificate(folder);
    return { server: await redis(test, { tls }), certificate: tls.certificate };
  }

  it("is used only when its certificate is trusted", async (test) => {
    const { server, certificate } = await withCertificate(test);
    expect(await reasonNotToStart(server.url(1, `:${PASSWORD}`))).toBe(
      "its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); set NODE_EXTRA_CA_CERTS to the file of its authority",
    );
    await using listing = runProcess(
      "src/cli/dead-letters/main.ts",
      { QUEUE_URL: server.url(1), NODE_EXTRA_CA_CERTS: certificate },
      ["list"],
    );
    expect(await listing.exited).toBe(0);
    expect(listing.output()).toBe("There are no dead letters.\n");
  });

  it("is reported when only one side uses TLS", async (test) => {
    const { server } = await withCertificate(test);
    const soon = { connectMs: 500 };
    expect(await reasonNotToStart(server.url().replace("rediss", "redis"), soon)).toMatch(
      /whether it wants rediss:/,
    );
    const plain = await redis(test);
    expect(await reasonNotToStart(plain.url().replace("redis", "rediss"), soon)).toMatch(
      /whether it wants redis:/,
    );
  });
});
