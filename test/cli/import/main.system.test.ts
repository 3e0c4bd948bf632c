import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { stubAws } from "../../aws/environment.ts";
import { startS3Server } from "../../aws/s3-server.ts";
import { AWS_ENVIRONMENT } from "../../aws/sqs-queues.ts";
import { inherited } from "../../end-to-end/process.ts";
import * as made from "../../images/files.ts";
import { importFolder, type ImportFolder } from "./run-in-folder.ts";

const ROOT = join(import.meta.dirname, "../../..");

let folder: ImportFolder;

beforeEach(async () => {
  folder = await importFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

interface Options {
  settings?: Record<string, string>;
  /** Called once, after the first image was added, with the process group to which a terminal would send Ctrl+C. */
  onAdded?: (group: number) => void;
}

/** Runs `npm run import` of this checkout in the test's folder. */
async function runImport(args: string[], { settings = {}, onAdded }: Options = {}) {
  const child = spawn(process.execPath, [join(ROOT, "src/cli/import/main.ts"), ...args], {
    cwd: folder.path,
    env: { ...inherited(), STORE_URL: `file:${folder.path}/data`, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const outcome = { stdout: "", stderr: "" };
  let added = false;
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (data: Buffer) => {
      outcome[name] += data.toString();
      if (added || !/^added .*\.png$/m.test(outcome.stdout)) return;
      added = true;
      onAdded?.(child.pid ?? Number.NaN);
    });
  const [code] = (await once(child, "close")) as unknown[];
  return { code, ...outcome };
}

describe("npm run import", () => {
  it("adds images, and exits with 2 if it has refused a file", async () => {
    await folder.put("photos/a.png", made.png(3, 3));
    await folder.put("words.jpg", "words");
    const { code, stdout, stderr } = await runImport(["photos", "words.jpg"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    const lines = stdout.split("\n");
    expect(lines.slice(0, 2).toSorted()).toEqual(["added          photos/a.png", "refused        words.jpg"]);
    expect(lines.slice(2)).toEqual([
      "refused  words.jpg: not a JPEG, PNG, WebP, GIF, AVIF or TIFF image",
      "added 1, already there 0, refused 1",
      "",
    ]);
    expect(await readdir(join(folder.path, "data/images"))).toHaveLength(1);
  });

  it("adds nothing and creates no store if a path does not exist", async () => {
    await folder.put("a.png", made.png(2, 2));
    expect(await runImport(["--starter", "a.png", "b.png"])).toEqual({
      code: 1,
      stdout: "",
      stderr: "Nothing was added, because these cannot be read:\n  b.png: does not exist\n",
    });
    expect(await readdir(folder.path)).toEqual(["a.png"]);
  });

  it("finishes images in progress at Ctrl+C, and adds the rest the next time", async () => {
    // The signal also reaches the decoding processes, which must ignore it.
    const content = Array.from({ length: 20 }, (_, index) =>
      index === 0
        ? (["0.txt", Buffer.from("words")] as const)
        : ([`${index}.png`, made.png(index, 1)] as const),
    );
    // It reads 8 objects at a time; all others are read after the signal.
    const sent = Promise.withResolvers<void>();
    const asked = new Set<string>();
    await using opened = new AsyncDisposableStack();
    const server = await startS3Server({
      buckets: { photos: content },
      async around({ key }, act) {
        if (key !== "" && asked.add(key).size > 8) await sent.promise;
        return act();
      },
    });
    opened.defer(() => server.close());
    const interrupt = (group: number): void => {
      process.kill(-group, "SIGINT");
      sent.resolve();
    };
    const settings = {
      ...AWS_ENVIRONMENT,
      AWS_ENDPOINT_URL_S3: server.endpoint,
      S3_FORCE_PATH_STYLE: "true",
    };
    const interrupted = await runImport(["s3://photos"], { settings, onAdded: interrupt });
    expect(interrupted).toMatchObject({ code: 130, stderr: "" });
    const [, added = ""] = /\nadded (\d+), already there 0, refused 1\n$/.exec(interrupted.stdout) ?? [];
    expect(Number(added)).toBeGreaterThan(0);
    expect(Number(added)).toBeLessThan(19);
    expect(await readdir(join(folder.path, "data/images"))).toHaveLength(Number(added));

    stubAws({ AWS_ENDPOINT_URL_S3: server.endpoint });
    opened.defer(() => void vi.unstubAllEnvs());
    const { code, output } = await folder.run(["s3://photos"]);
    expect(code).toBe(2);
    expect(output).toContain(`\nadded ${19 - Number(added)}, already there ${added}, refused 1\n`);
    expect(await readdir(join(folder.path, "data/images"))).toHaveLength(19);
  });
});
