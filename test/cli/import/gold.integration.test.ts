import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as made from "../../images/files.ts";
import { HOTDOG_QUESTION } from "../../../src/labeling/question.ts";
import { diskStore } from "../../../src/object-store/disk.ts";
import { lockFolder } from "../../../src/object-store/folder-lock.ts";
import { projectData } from "../../../src/project/project.ts";
import { partsOf } from "../../append-log/rows.ts";
import { storedDefinition } from "../../project/definitions.ts";
import { importFolder, type ImportFolder } from "./run-in-folder.ts";

let folder: ImportFolder;

beforeEach(async () => {
  folder = await importFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

const data = (): string => join(folder.path, "data");

/** Adds pictures to the set. @returns their names in the set, in the order of the paths */
async function importPictures(...paths: string[]): Promise<string[]> {
  const names: string[] = [];
  for (const [index, path] of paths.entries()) {
    await folder.put(path, made.png(index + 2, 3));
    const before = new Set(await readdir(join(data(), "images")).catch(() => []));
    await folder.run([path]);
    names.push(...(await readdir(join(data(), "images"))).filter((name) => !before.has(name)));
  }
  return names;
}

/** Imports these lines, whose paths are in the folder. */
async function importGold(lines: string[], ...options: string[]): ReturnType<ImportFolder["run"]> {
  const text = ["image,label", ...lines].join("\n").replaceAll("PATH/", `${folder.path}/`);
  await folder.put("gold.csv", text);
  return folder.run(["--gold=GOLD", ...options]);
}

async function gold(prefix = ""): Promise<Record<string, number>> {
  const store = await diskStore(data());
  return Object.fromEntries((await projectData(store, prefix).readTrust(HOTDOG_QUESTION)).gold);
}

const rows = async (): Promise<string[][]> =>
  (await partsOf(await diskStore(data()), "gold/")).flatMap((part) => part.rows);

describe("an import of gold answers", () => {
  it("names images by their name in the set or by the path they were imported from", async () => {
    const [a = "", b = "", c = ""] = await importPictures("a.png", "photos/b.png", "c.png");
    const { code, output } = await importGold([
      `${a},1`,
      "PATH/photos/b.png,not hot dog",
      `data/images/${c},Hot Dog`,
    ]);
    expect(code).toBe(0);
    expect(output).toMatch(/gold: 1 × 0 \(not hot dog\), 2 × 1 \(hot dog\)\nset 3, already there 0\n$/);
    expect(await gold()).toEqual({ [a]: 1, [b]: 0, [c]: 1 });
  });

  it("writes nothing the second time, and only what differs the third", async () => {
    const [a, b] = await importPictures("a.png", "b.png");
    await importGold([`${a},1`, `${b},0`]);
    const before = await rows();
    expect((await importGold([`${b},0`, `${a},1`, `${a},1`])).output).toContain("set 0, already there 2\n");
    expect(await rows()).toEqual(before);
    expect((await importGold([`${a},0`, `${b},0`])).output).toContain("set 1, already there 1\n");
    expect((await rows()).slice(0, 2)).toEqual(before);
    expect(await gold()).toEqual({ [a ?? ""]: 0, [b ?? ""]: 0 });
  });

  it("names every wrong line and writes nothing", async () => {
    const [a = ""] = await importPictures("a.png");
    await folder.put("other.png", made.png(9, 9));
    const absent = "b".repeat(64);
    const importing = importGold([
      `${a},1`,
      `${absent}.jpg,1`,
      "PATH/other.png,0",
      "PATH/gone.png,0",
      `${a},maybe`,
      "PATH/a.png,0",
    ]);
    const unset = "is not in the image set; import it first";
    await expect(importing).rejects.toThrow(
      [
        `Nothing was changed, because of these lines of ${folder.path}/gold.csv:`,
        `  line 3: ${unset}`,
        `  line 4: ${unset}`,
        "  line 5: is neither the name of an image in the set nor a file that can be read",
        '  line 6: there is no label "maybe": 0 or "not hot dog"; 1 or "hot dog"',
        "  line 7: line 2 gives the same image another label",
      ].join("\n"),
    );
    expect(await rows()).toEqual([]);
  });

  it("is for the named project alone, whose own labels it takes", async () => {
    await folder.put("data/projects/12/project.json", storedDefinition("100"));
    await folder.put("a.png", made.png(2, 2));
    await folder.run(["--project=12", "a.png"]);
    const [name = ""] = await readdir(join(data(), "projects/12/images"));
    await expect(importGold([`${name},1`])).rejects.toThrow("line 2: is not in the image set");
    expect((await importGold(["PATH/a.png,neither"], "--project=12")).output).toContain(
      "gold: 1 × 2 (Neither)\n",
    );
    expect(await gold()).toEqual({});
    const store = await diskStore(data());
    const { gold: kept } = await projectData(store, "projects/12/").readTrust({ labels: ["a", "b", "c"] });
    expect([...kept]).toEqual([[name, 2]]);
  });

  it("is refused while a worker has the folder, and for a file that cannot be used", async () => {
    const [a] = await importPictures("a.png");
    const unlock = lockFolder(data());
    await expect(importGold([`${a},1`])).rejects.toThrow("Another worker uses the store in");
    unlock();
    await expect(folder.run(["--gold=/nowhere.csv"])).rejects.toThrow(
      "The file of --gold cannot be read: /nowhere.csv: ",
    );
    await expect(importGold([])).rejects.toThrow("There is no image in ");
    await folder.put("gold.csv", "a,b\n1,2\n");
    await expect(folder.run(["--gold=GOLD"])).rejects.toThrow("its first line must name the columns");
  });
});
