import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "../free-port.ts";
import { findRedis } from "./redis-binary.ts";

/** Enough for each test to have its own database. */
const DATABASES = 512;

/**
 * Shell script that becomes redis-server, which so has the child's process id. The server is killed when its standard input ends, so
 * it cannot outlive this process, however that dies.
 */
const BECOME = 'exec 3<&0; (cat <&3 >/dev/null; kill -KILL $$ 2>/dev/null) & exec "$@" 3<&- </dev/null';

interface Options {
  /** Further settings, such as `--requirepass secret`. */
  settings?: string[];
  /** Files of a certificate; with them, the server accepts only TLS. */
  tls?: { key: string; certificate: string };
}

export interface RedisServer extends AsyncDisposable {
  port: number;
  /** Folder of its append-only file. */
  folder: string;
  /** Returns the URL of a database, with `user:password@` if credentials are given. */
  url: (database?: number, credentials?: string) => string;
  /** Opens a client that looks into a database. It is closed with the server. */
  look: (database?: number) => Redis;
  /** Returns the number of a database that nobody has used yet. */
  nextDatabase(): number;
  /** Kills it, as a power cut would. What it has written stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with what it had written. */
  start(): Promise<void>;
  /** Suspends it until it is resumed. Its connections stay open. */
  freeze(): void;
  resume(): void;
}

/** Ports that are tried. */
const MAX_ATTEMPTS = 5;

/** Starts a Redis on a free port of 127.0.0.1. It writes each command to its append-only file before it answers. */
export async function startRedis(options: Options = {}): Promise<RedisServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startRedisOn(await freePort(), options);
    } catch (error) {
      // Another process may take the port before Redis does.
      if (attempt === MAX_ATTEMPTS || !String(error).includes("Address already in use")) throw error;
    }
  }
}

async function startRedisOn(port: number, { settings = [], tls }: Options): Promise<RedisServer> {
  const { path, env } = await findRedis();
  const folder = await mkdtemp(join(tmpdir(), "hotdog-redis-"));
  const looking: Redis[] = [];
  let used = 0;
  let child: ChildProcess;

  const args = [
    ["--bind", "127.0.0.1", "--dir", folder, "--databases", String(DATABASES), "--save", ""],
    ["--appendonly", "yes", "--appendfsync", "no", "--loglevel", "warning", "--daemonize", "no"],
    tls ? ["--port", "0", "--tls-port", String(port)] : ["--port", String(port)],
    tls ? ["--tls-cert-file", tls.certificate, "--tls-key-file", tls.key] : [],
    tls ? ["--tls-ca-cert-file", tls.certificate, "--tls-auth-clients", "no"] : [],
    settings,
  ].flat();

  async function start(): Promise<void> {
    let output = "";
    const started = spawn("sh", ["-c", BECOME, "redis", path, ...args], {
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    for (const stream of [started.stdout, started.stderr])
      stream.on("data", (data: Buffer) => (output += data.toString()));
    // The process id may belong to another process from now on, which must not be killed.
    started.on("exit", () => started.stdin.destroy());
    child = started;
    await untilAnswers(port, () => {
      if (started.exitCode !== null || started.signalCode !== null)
        throw new Error(`redis-server did not start:\n${output}`);
    });
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }

  const url = (database = 0, credentials?: string): string =>
    `${tls ? "rediss" : "redis"}://${credentials === undefined ? "" : `${credentials}@`}127.0.0.1:${port}/${database}`;

  await start().catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    port,
    folder,
    url,
    start,
    kill,
    nextDatabase: () => (used += 1),
    look(database = 0) {
      const client = new Redis({ port, host: "127.0.0.1", db: database, maxRetriesPerRequest: null });
      client.on("error", () => {});
      looking.push(client);
      return client;
    },
    freeze: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    async [Symbol.asyncDispose]() {
      for (const client of looking) client.disconnect();
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @param check throws when the server cannot answer any more */
async function untilAnswers(port: number, check: () => void): Promise<void> {
  for (;;) {
    check();
    const socket = createConnection({ port, host: "127.0.0.1" });
    const connected = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    // Another server may have taken the port in the meantime.
    check();
    if (connected) return;
    await wait(10);
  }
}
