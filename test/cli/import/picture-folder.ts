import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { findFiles } from "../../../src/cli/import/find-files.ts";

export interface PictureFolder extends AsyncDisposable {
  path: string;
  /** Finds files below these names. Returns paths relative to the folder, with slashes. */
  found(...names: string[]): Promise<{ files: string[]; skipped: string[] }>;
}

/** A temporary folder with pictures, some in subfolders and some hidden. */
export async function pictureFolder(): Promise<PictureFolder> {
  const path = await mkdtemp(join(tmpdir(), "hotdog-find-"));
  for (const name of ["a.jpg", "deep/er/b.png", "deep/c.gif", ".hidden.jpg", "deep/.git/d.jpg"]) {
    await mkdir(join(path, name, ".."), { recursive: true });
    await writeFile(join(path, name), name);
  }
  const within = (name: string): string => relative(path, name).split(sep).join("/");

  return {
    path,

    async found(...names) {
      const paths = names.map((name) => join(path, name));
      const { sources, skipped } = await findFiles(paths, () => "");
      return {
        files: sources.map(({ name }) => within(name)),
        skipped: Array.from(skipped, ([name, reason]) => `${within(name)}: ${reason}`),
      };
    },

    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}
