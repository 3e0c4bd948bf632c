import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { imageChecker } from "../../../src/images/check-image.ts";
import { importCommand, runImport } from "../../../src/cli/import/command.ts";
import { starterImages } from "../../../src/cli/import/starter-images.ts";
import type { StoreAddress } from "../../../src/object-store/store-address.ts";
import { diskStore } from "../../../src/object-store/disk.ts";
import { imageSet } from "../../../src/project/image-set.ts";
import { parsed } from "../parse.ts";

export interface ImportFolder extends AsyncDisposable {
  path: string;
  put(name: string, bytes: Buffer | string): Promise<void>;
  /** Puts the starter images into the set, except the first `missing`; their content is a placeholder. */
  putStarter(missing?: number): Promise<void>;
  /**
   * Runs the import in this process; the store is `data` in this folder by default.
   * @returns the exit code and the standard output
   */
  run(names: string[], store?: StoreAddress): Promise<{ code: number; output: string }>;
  /** Output of the last run, even if it failed. */
  output(): string;
}

/** Shared by all imports of a test file, because its processes take a second to start. */
const checkImage = imageChecker();

/** A temporary folder for files and a store. */
export async function importFolder(): Promise<ImportFolder> {
  const path = await mkdtemp(join(tmpdir(), "hotdog-import-"));
  const inFolder = (name: string): string =>
    /^-|^s3:/i.test(name)
      ? name.replace(/^--gold=GOLD$/, `--gold=${join(path, "gold.csv")}`)
      : join(path, name);
  let out = "";
  const output = (): string => out.replaceAll(`${path}/`, "");

  return {
    path,
    output,

    async put(name, bytes) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), bytes);
    },

    async putStarter(missing = 0) {
      const images = imageSet(await diskStore(join(path, "data")));
      for (const { drawing } of (await starterImages()).slice(missing))
        await images.add({ uploaded: drawing, stored: Buffer.from("not drawn"), format: "webp" });
    },

    async run(names, store = { engine: "disk", folder: join(path, "data") }) {
      const imageImport = parsed(importCommand, names.map(inFolder));
      out = "";
      const code = await runImport(imageImport, {
        config: { STORE_URL: store, S3_FORCE_PATH_STYLE: true },
        checkImage,
        out: { write: (text) => (out += text) },
        signal: new AbortController().signal,
        now: Date.now,
        random: Math.random,
      });
      return { code, output: output() };
    },

    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
