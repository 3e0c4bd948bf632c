import { access, chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startLocalDiscord } from "../../local-discord/src/start.ts";
import { s3Store } from "../../src/object-store/s3/s3-store.ts";
import { stubAws } from "../aws/environment.ts";
import { startS3Server } from "../aws/s3-server.ts";
import { interpolate, readCompose, serviceNamed } from "./read-compose.ts";
import type { RunningProcess } from "../end-to-end/process.ts";
import { freePort } from "../free-port.ts";
import { plainPng } from "../pictures.ts";
import { startRedis } from "../redis/redis-server.ts";
import { idsIn } from "../append-log/rows.ts";
import { buildNatively, type NativeImage } from "./native-image.ts";

const BUCKET = "hotdog";
const EXIT_CODES = { done: 0, failed: 1 };

let image: NativeImage;

beforeAll(async () => {
  image = await buildNatively();
}, 180_000);

afterAll(() => image[Symbol.asyncDispose]());

interface RunningContainer extends RunningProcess {
  /** Runs the image's health check. @returns its exit code */
  checkHealth(): Promise<number | string>;
}

/** Starts what docker-compose.yml starts, without Docker: each service with its settings, at addresses of this machine. */
async function composeUp() {
  await using opening = new AsyncDisposableStack();
  const compose = await readCompose();
  const discord = await startLocalDiscord({ port: 0 });
  opening.defer(() => discord.close());
  const redis = opening.use(await startRedis({ settings: serviceNamed("redis", compose).command }));
  const s3 = await startS3Server({ buckets: { [BUCKET]: [] } });
  opening.defer(() => s3.close());
  const dotEnv = { DISCORD_TOKEN: discord.botToken, LABELER_SECRET: "sixteen characters or more" };
  const addresses = {
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
    QUEUE_URL: redis.url(),
    AWS_ENDPOINT_URL_S3: s3.endpoint,
  };
  stubAws({ AWS_ENDPOINT_URL_S3: s3.endpoint });
  opening.defer(() => void vi.unstubAllEnvs());
  const store = await s3Store({ bucket: BUCKET, prefix: "" }, { forcePathStyle: true });
  opening.defer(() => store.close());
  const opened = opening.move();

  async function run(name: string, args: string[] = []): Promise<RunningContainer> {
    const { entrypoint = image.entrypoint, command, environment } = serviceNamed(name, compose);
    const own = Object.entries(environment).map(([key, value]) => [key, interpolate(value, dotEnv)]);
    const HEALTH_PORT = String(await freePort());
    const settings = { ...Object.fromEntries(own), HEALTH_PORT };
    const here = Object.entries(addresses).filter(([key]) => key in settings || key.startsWith("DISCORD_"));
    const running = opened.use(
      image.start([...entrypoint, ...command, ...args], { ...settings, ...Object.fromEntries(here) }),
    );
    return {
      ...running,
      checkHealth: () => opened.use(image.start(image.healthcheck, { HEALTH_PORT })).exited,
    };
  }
  return { discord, store, run, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

describe("the image, built without Docker", () => {
  it("contains the sources and the production packages, and nothing else", async () => {
    expect((await readdir(image.path("/app"))).toSorted()).toEqual(["node_modules", "package.json", "src"]);
    await expect(access(image.path("/app/node_modules/vitest"))).rejects.toThrow("ENOENT");
    await expect(access(image.path("/app/node_modules/bullmq"))).resolves.toBeUndefined();
  });

  it("answers, adds the starter images, saves presses and uploads, and stops in order", async () => {
    await using up = await composeUp();
    const starter = await up.run("import", ["--starter"]);
    expect(await starter.exited).toBe(EXIT_CODES.done);
    expect(starter.output()).toContain("added 20, already there 0, refused 0");

    const bot = await up.run("bot");
    const workers = [await up.run("worker"), await up.run("worker")];
    await bot.waitFor(/the bot is connected/);
    for (const worker of workers) await worker.waitFor(/the worker takes jobs/);

    for (const running of [bot, ...workers]) expect(await running.checkHealth()).toBe(EXIT_CODES.done);

    const ketchup = up.discord.user("ketchup");
    const stats = ketchup.command("stats", { numbers: "3 5 8" });
    expect(JSON.stringify((await stats.answer()).embeds)).toContain("5.33333333333");
    const round = await ketchup.command("hotdog").answer();
    const [, button = ""] = /"custom_id":"([^"]+)"/.exec(JSON.stringify(round)) ?? [];
    const press = ketchup.press(round, button);
    expect((await press.answer()).content).toMatch(/^Saved: /);
    expect(await idsIn(up.store, "labels/")).toEqual([press.id]);
    // Decoded and encoded again, in a separate process.
    const picture = { name: "photo.png", bytes: await plainPng(1) };
    const upload = ketchup.command("upload", { image: picture });
    expect((await upload.answer()).content).toContain("**added**");
    expect(await up.store.list("images/")).toHaveLength(21);

    const client = await up.run("client", ["3", "5", "8"]);
    expect(await client.exited).toBe(EXIT_CODES.done);
    expect(client.output()).toBe("min 3, max 8, mean ≈ 5.33333333333, median 5\n");
    const folder = await mkdtemp(join(tmpdir(), "hotdog-compose-"));
    // Writable for the user of the image.
    await chmod(folder, 0o777);
    const labels = await up.run("export", ["--format", "labels", "--out", join(folder, "labels")]);
    expect(await labels.exited).toBe(EXIT_CODES.done);
    expect(labels.output()).toBe("wrote labels.csv: 1 image, 1 answer, 1 person\n");
    await rm(folder, { recursive: true });
    const deadLetters = await up.run("dead-letters", ["list"]);
    expect(await deadLetters.exited).toBe(EXIT_CODES.done);

    for (const running of [bot, ...workers]) {
      running.child.kill("SIGTERM");
      expect(await running.exited).toBe(EXIT_CODES.done);
      // No warnings, for example about the settings of Redis.
      expect(running.output()).not.toMatch(/"level":[456]0/);
    }
  }, 150_000);

  it("finds its modules compiled", async () => {
    const load = ["node", "--eval", 'import("./src/worker/worker.ts")'];
    await using loading = image.start(load, { NODE_DEBUG_NATIVE: "COMPILE_CACHE" });
    expect(await loading.exited).toBe(EXIT_CODES.done);
    expect(loading.output()).toMatch(/V8 code cache for ESM .*\/app\/src\/worker\/worker\.ts was accepted/);
  });

  it("is read-only", async () => {
    await using writing = image.start(["node", "--eval", 'fs.writeFileSync("src/new.ts", "")'], {});
    expect(await writing.exited).toBe(EXIT_CODES.failed);
    expect(writing.output()).toContain("EACCES");
  });

  it.each([
    [200, EXIT_CODES.done],
    [503, EXIT_CODES.failed],
  ])("is as healthy as /readyz reports: %i", async (status, code) => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(status).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await using check = image.start(image.healthcheck, { HEALTH_PORT: String(port) });
    expect(await check.exited).toBe(code);
    expect(asked).toEqual(["/readyz"]);
    server.close();
  });

  it("is not healthy if nothing listens", async () => {
    await using check = image.start(image.healthcheck, { HEALTH_PORT: String(await freePort()) });
    expect(await check.exited).toBe(EXIT_CODES.failed);
  });
});
