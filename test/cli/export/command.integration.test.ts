import { chmod, mkdir, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportFolder, type ExportFolder } from "./run-in-folder.ts";

let folder: ExportFolder;

beforeEach(async () => {
  folder = await exportFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

// Windows has no permission bits, lets only administrators create links, and fails with other codes.
describe("an export on a system with permission bits and links", () => {
  it("creates the --people file for its owner only, and accepts a read-only one", async () => {
    await folder.putStore();
    const key = join(folder.path, "study.key");
    const out = join(folder.path, "again");
    expect(await folder.run(`--format crowd-kit --people ${key}`)).toMatchObject({ code: 0 });
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    await chmod(key, 0o400);
    expect(await folder.run(`--format crowd-kit --people ${key} --out ${out}`)).toMatchObject({ code: 0 });
  });

  it.each([
    ["a folder below a file", "file/below", /below cannot be created: ENOTDIR/],
    ["a link to a file", "to-file", /to-file cannot be created: ENOTDIR/],
    [
      "a link that leads nowhere",
      "nowhere",
      /nowhere is a link to something that does not exist\. Name a folder/,
    ],
    ["a link to itself", "itself", /itself cannot be created: ELOOP/],
    ["a name that is too long", "a".repeat(250), /a cannot be created: ENAMETOOLONG/],
  ])("reports that it cannot create %s", async (_, name, says) => {
    await folder.put("file", "mine");
    const links = { "to-file": "file", nowhere: "not-there", itself: "itself" };
    for (const [from, to] of Object.entries(links))
      await symlink(join(folder.path, to), join(folder.path, from));
    await folder.putStore();
    expect(await folder.refusal(`--format labels --out ${join(folder.path, name)}`)).toMatch(says);
    expect(await folder.names()).toEqual(["data", "file", "itself", "nowhere", "to-file"]);
  });

  it("writes into an empty folder behind a link", async () => {
    await folder.putStore();
    await mkdir(join(folder.path, "disk/empty"), { recursive: true });
    await symlink(join(folder.path, "disk/empty"), join(folder.path, "out"));
    expect(await folder.run("--format labels")).toMatchObject({ code: 0 });
    expect(await folder.names("disk/empty")).toEqual(["labels.csv"]);
  });

  it("changes nothing in the store, which may be read-only", async () => {
    await folder.putStore();
    await chmod(join(folder.path, "data"), 0o555);
    expect(await folder.run("--format huggingface")).toMatchObject({ code: 0 });
    expect(await folder.names("data")).toEqual(["images", "labels"]);
    await chmod(join(folder.path, "data"), 0o755);
  });
});
