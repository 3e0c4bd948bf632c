import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { keptSecret } from "../../src/store/kept-secret.ts";

it("the key of the pseudonyms is made once, whoever asks first, and only its owner may read it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hotdog-secret-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const secrets = await Promise.all(Array.from({ length: 5 }, () => keptSecret(folder)));
  expect(new Set(secrets).size).toBe(1);
  expect(await keptSecret(folder)).toBe(secrets[0]);
  expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
  expect((await stat(join(folder, ".labeler-secret"))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual([".labeler-secret"]);
});
