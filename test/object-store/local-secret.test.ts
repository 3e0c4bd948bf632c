import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { localSecret } from "../../src/object-store/local-secret.ts";

it("a secret is created once, even by concurrent calls", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hotdog-secret-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "secret");
  const secrets = await Promise.all(Array.from({ length: 5 }, () => localSecret(path)));
  expect(new Set(secrets).size).toBe(1);
  expect(await localSecret(path)).toBe(secrets[0]);
  expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(await readdir(folder)).toEqual(["secret"]);
});
