import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StartError } from "../../src/platform/start-error.ts";
import { lockFolder } from "../../src/object-store/folder-lock.ts";

describe("a folder lock", () => {
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

  it("keeps other processes out, with an error that names the folder and the way to more workers", async () => {
    const other = await otherProcess();
    expect(() => lockFolder(folder)).toThrow(
      new RegExp(`^Another worker uses the store in ${folder}.*STORE_URL=s3://`),
    );
    other.kill("SIGKILL");
    await once(other, "exit");
  });

  it("ends with its process, even if that is killed", async () => {
    const other = await otherProcess();
    other.kill("SIGKILL");
    await once(other, "exit");
    expect(() => lockFolder(folder)()).not.toThrow();
  });

  it("ends when it is unlocked, and keeps the same process out until then", () => {
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow("Another worker");
    unlock();
    expect(() => lockFolder(folder)()).not.toThrow();
  });

  it("covers one folder", async () => {
    const unlock = lockFolder(folder);
    const other = await mkdtemp(join(tmpdir(), "hotdog-lock-"));
    expect(() => lockFolder(other)()).not.toThrow();
    unlock();
    await rm(other, { recursive: true });
  });

  describe("with an unusable file", () => {
    const file = (): string => join(folder, ".lock");

    /** Runs as the user nobody if the tests run as root, who may write everywhere. */
    function asNobody<T>(work: () => T): T {
      if (process.geteuid?.() !== 0) return work();
      process.seteuid?.(65_534);
      try {
        return work();
      } finally {
        process.seteuid?.(0);
      }
    }

    const failure = (work: () => void): unknown => {
      try {
        work();
      } catch (error) {
        return error;
      }
      return undefined;
    };

    it("is not taken on a read-only file, which others could lock too", async () => {
      lockFolder(folder)();
      await chmod(folder, 0o755);
      await chmod(file(), 0o444);
      const error = failure(() => asNobody(() => lockFolder(folder)));
      expect(error).toBeInstanceOf(StartError);
      expect(error).toMatchObject({
        message: expect.stringMatching(
          /^The lock file of the store, \S*\.lock, is read-only, .* or remove it while/,
        ),
      });
    });

    it.each([
      ["a folder", () => mkdir(file())],
      [
        "another file",
        () => writeFile(file(), "something else, and long enough to be looked at ".repeat(50)),
      ],
    ])("is not taken on %s, and the error says what to do", async (_, make) => {
      await make();
      const error = failure(() => lockFolder(folder));
      expect(error).toBeInstanceOf(StartError);
      expect(error).toMatchObject({
        message: expect.stringMatching(
          /^The lock file of the store, \S*\.lock, cannot be opened .*: remove it while/,
        ),
      });
    });
  });

  it("leaves only its file, which stays empty", async () => {
    const other = await otherProcess();
    expect(await readdir(folder)).toEqual([".lock"]);
    other.kill("SIGKILL");
    await once(other, "exit");
    expect(await readdir(folder)).toEqual([".lock"]);
    expect((await stat(join(folder, ".lock"))).size).toBe(0);
  });
});
