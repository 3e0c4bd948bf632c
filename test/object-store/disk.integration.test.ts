import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appendLog } from "../../src/append-log/append-log.ts";
import { diskStore } from "../../src/object-store/disk.ts";
import { prefixedStore, type ObjectStore } from "../../src/object-store/object-store.ts";
import { memoryLog } from "../memory-log.ts";
import { storeContract } from "./contract.ts";
import { idsIn, newId } from "../append-log/rows.ts";

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "hotdog-store-"));

storeContract("disk", async () => {
  const folder = await newFolder();
  return { store: await diskStore(folder), remove: () => rm(folder, { recursive: true }) };
});

storeContract("disk below a key prefix", async () => {
  const folder = await newFolder();
  const disk = await diskStore(folder);
  await disk.put("a", Buffer.from("of another"));
  return { store: prefixedStore(disk, "projects/1/"), remove: () => rm(folder, { recursive: true }) };
});

describe("the disk store", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await newFolder();
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("keeps an object in the file that its key names, and no other file", async () => {
    const store = await diskStore(folder);
    await store.put("logs/2026/11/21/1.txt", Buffer.from("text"));
    expect(await readFile(join(folder, "logs/2026/11/21/1.txt"), "utf8")).toBe("text");
    expect(await readdir(join(folder, ".tmp"))).toEqual([]);
  });

  it.each(["/proc/hotdog", "/proc/hotdog/data"])("reports that it cannot be created in %s", async (path) => {
    await expect(diskStore(path)).rejects.toThrow(/^(?:ENOENT|EACCES|EROFS|EPERM): .*, mkdir '\/proc/);
  });

  it("creates its folder for the owner only, and keeps the mode of an existing one", async () => {
    const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
    const made = join(folder, "above", "data");
    await (await diskStore(made)).put("logs/1.txt", Buffer.from("text"));
    expect([await modeOf(join(folder, "above")), await modeOf(made)]).toEqual([0o700, 0o700]);
    await chmod(folder, 0o755);
    await diskStore(folder);
    expect(await modeOf(folder)).toBe(0o755);
  });

  it("creates an object once if two processes try", async () => {
    const [one, other] = [await diskStore(folder), await diskStore(folder)];
    const condition = { ifNoneMatch: "*" } as const;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? one : other).put("a", Buffer.from(String(index)), { condition }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("keeps every row of two writers once", async () => {
    const table = { prefix: "rows/", columns: ["id", "text"], partSize: 1_000 };
    const ids = Array.from({ length: 100 }, () => newId());
    const { log } = memoryLog();
    // One store: conditions hold among its own writes, and the folder lock keeps other processes out.
    const store = await diskStore(folder);
    async function write(own: readonly string[]): Promise<void> {
      const file = appendLog(store, table, { log, now: Date.now, random: Math.random });
      for (let start = 0; start < own.length; start += 10)
        await Promise.all(own.slice(start, start + 10).map((id) => file.append({ id, text: "text" })));
    }
    // Half of the rows go to both writers.
    await Promise.all([write(ids.slice(0, 75)), write(ids.slice(25))]);
    expect((await idsIn(store, table.prefix)).toSorted()).toEqual(ids.toSorted());
    expect((await store.list(table.prefix)).length).toBeGreaterThan(1);
  });

  it("lists only files whose path is a valid key", async () => {
    const store = await diskStore(folder);
    await store.put("a/1", Buffer.from("1"));
    await writeFile(join(folder, "a", ".DS_Store"), "");
    await writeFile(join(folder, "a", "My Notes.txt"), "");
    expect((await store.list("")).map(({ key }) => key)).toEqual(["a/1"]);
  });

  const keysOf = async (store: ObjectStore, startAfter = ""): Promise<string[]> =>
    (await store.list("p/", { startAfter, limit: 2 })).map(({ key }) => key);

  it("reads a folder once for all pages of a list, and again after its own writes", async () => {
    const store = await diskStore(folder);
    for (const key of ["p/1", "p/2", "p/4"]) await store.put(key, Buffer.from(key));
    expect(await keysOf(store)).toEqual(["p/1", "p/2"]);
    await writeFile(join(folder, "p/3"), "of another process");
    await store.put("q/1", Buffer.from("elsewhere"));
    expect(await keysOf(store, "p/2")).toEqual(["p/4"]);
    await store.put("p/5", Buffer.from("here"));
    expect(await keysOf(store, "p/2")).toEqual(["p/3", "p/4"]);
  });

  it("lists an object of another process within a second", async () => {
    const [one, other] = [await diskStore(folder), await diskStore(folder)];
    expect(await keysOf(one)).toEqual([]);
    await other.put("p/1", Buffer.from("1"), { condition: { ifNoneMatch: "*" } });
    await expect.poll(() => keysOf(one), { timeout: 5_000 }).toEqual(["p/1"]);
  });

  it("fills a page although objects of it were deleted, because a short page is the last", async () => {
    const [one, other] = [await diskStore(folder), await diskStore(folder)];
    for (const key of ["p/1", "p/2", "p/3", "p/4", "p/5"]) await one.put(key, Buffer.from(key));
    expect(await keysOf(one)).toEqual(["p/1", "p/2"]);
    await other.delete("p/3");
    expect(await keysOf(one, "p/2")).toEqual(["p/4", "p/5"]);
  });

  it("removes temporary files of killed processes, and none that may be in use", async () => {
    const aside = join(folder, ".tmp");
    await mkdir(aside);
    await writeFile(join(aside, "old"), "");
    await writeFile(join(aside, "young"), "");
    const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
    await utimes(join(aside, "old"), yesterday, yesterday);
    await diskStore(folder);
    expect(await readdir(aside)).toEqual(["young"]);
  });

  it.each([1, 2, 3])("has only complete objects after a kill at any moment (%i)", async (round) => {
    const writer = spawn(process.execPath, [join(import.meta.dirname, "write-until-killed.ts"), folder]);
    let reported = -1;
    const lines = createInterface({ input: writer.stdout });
    lines.on("line", (line) => {
      reported = Number(line);
      if (reported === round * 7) setTimeout(() => writer.kill("SIGKILL"), round * 3);
    });
    await Promise.all([once(writer, "exit"), once(lines, "close")]);

    const store = await diskStore(folder);
    const created = await store.list("created/");
    expect(created.length).toBeGreaterThanOrEqual(reported + 1);
    for (const { key } of [...created, { key: "part.csv" }]) {
      const body = (await store.get(key))?.body;
      expect(body?.length).toBe(256 * 1024);
      expect(new Set(body).size).toBe(1);
    }
  });
});
