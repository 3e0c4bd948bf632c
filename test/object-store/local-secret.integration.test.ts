import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { localSecret } from "../../src/object-store/local-secret.ts";

// Windows has no permission bits: there, the folder decides who can read the file.
it("only the owner of a secret can read it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hotdog-secret-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "secret");
  await localSecret(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});
