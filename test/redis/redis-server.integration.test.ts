import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { findRedis } from "./redis-binary.ts";
import { startRedis } from "./redis-server.ts";

it("starts again on the same port with what it had written", async () => {
  await using server = await startRedis();
  const look = server.look(7);
  await look.set("kept", "yes");
  await server.kill();
  await server.start();
  expect(await look.get("kept")).toBe("yes");
});

it("dies with the process that started it, even when that is killed", async () => {
  const module = JSON.stringify(new URL("redis-server.ts", import.meta.url).href);
  const script = `
    import { startRedis } from ${module};
    console.log((await startRedis()).port);
    setInterval(() => {}, 1_000);`;
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  const [port] = (await once(parent.stdout, "data")) as [Buffer];
  const reached = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = createConnection({ port: Number(port), host: "127.0.0.1" });
      socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
  expect(await reached()).toBe(true);
  parent.kill("SIGKILL");
  await vi.waitFor(async () => expect(await reached()).toBe(false), { timeout: 10_000 });
});

it("says what to install when there is no Redis and none can be downloaded", async () => {
  const empty = await mkdtemp(join(tmpdir(), "hotdog-empty-"));
  const found = findRedis({ PATH: empty, XDG_CACHE_HOME: empty });
  await expect(found).rejects.toThrow(
    /no redis-server on PATH, and apt-get could not download one .* Install redis-server 6\.2/,
  );
  await rm(empty, { recursive: true });
});
