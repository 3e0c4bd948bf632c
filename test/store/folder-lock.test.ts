import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockFolder } from "../../src/store/folder-lock.ts";

describe("the lock of a folder", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-lock-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function otherProcess(): Promise<ChildProcess> {
    const other = fork(join(import.meta.dirname, "lock-until-killed.ts"), [folder]);
    await once(other, "message");
    return other;
  }

  it("keeps another process off, with one sentence that names the folder and the way to more workers", async () => {
    const other = await otherProcess();
    expect(() => lockFolder(folder)).toThrow(
      new RegExp(`^Another worker has the store in ${folder}.*STORE_URL=s3://`),
    );
    other.kill("SIGKILL");
    await once(other, "exit");
  });

  it("ends with its process, even when that is killed", async () => {
    const other = await otherProcess();
    other.kill("SIGKILL");
    await once(other, "exit");
    expect(() => lockFolder(folder)()).not.toThrow();
  });

  it("ends when it is given free, and keeps this very process off until then", () => {
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow("Another worker");
    unlock();
    expect(() => lockFolder(folder)()).not.toThrow();
  });

  it("is of one folder", async () => {
    const unlock = lockFolder(folder);
    const other = await mkdtemp(join(tmpdir(), "hotdog-lock-"));
    expect(() => lockFolder(other)()).not.toThrow();
    unlock();
    await rm(other, { recursive: true });
  });
});
