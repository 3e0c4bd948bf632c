import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openStore } from "../../../src/object-store/open-store.ts";
import { stubAws } from "../../aws/environment.ts";
import { AWS_ENVIRONMENT } from "../../aws/sqs-queues.ts";
import { runProcess, type RunningProcess } from "../../end-to-end/process.ts";
import { imageCalled } from "../../export/read-back.ts";
import { exportFolder, exportServer, type ExportFolder, type ExportServer } from "./run-in-folder.ts";

let folder: ExportFolder;

beforeEach(async () => {
  folder = await exportFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

/** `npm run export` of this checkout, into the folder `out`. */
function start(format: string, settings: Record<string, string> = {}): RunningProcess {
  const args = ["--format", format, "--out", join(folder.path, "out")];
  return runProcess("src/cli/export/main.ts", { STORE_URL: `file:${folder.path}/data`, ...settings }, args);
}

describe("npm run export", () => {
  it("writes a folder and lists its files, also while the bot has locked the store", async () => {
    await folder.putStore();
    const store = { engine: "disk", folder: join(folder.path, "data") } as const;
    const config = { STORE_URL: store, S3_FORCE_PATH_STYLE: false };
    await using opened = new AsyncDisposableStack();
    const bot = await openStore(config, { exclusive: true });
    opened.defer(() => bot.close());
    const before = await readdir(store.folder);
    await using running = start("crowd-kit");
    expect(await running.exited).toBe(0);
    expect(running.output()).toBe("wrote crowd-kit.csv: 2 images, 4 answers, 2 people\n");
    expect((await readdir(folder.path)).toSorted()).toEqual(["data", "out"]);
    expect(await readdir(join(folder.path, "out"))).toEqual(["crowd-kit.csv"]);
    expect(await readdir(store.folder)).toEqual(before);
  });

  it("reports that the disk is full, and leaves nothing", async () => {
    await folder.putStore();
    const preload = pathToFileURL(join(import.meta.dirname, "../../faults/full-disk.ts")).href;
    const disk = { NODE_OPTIONS: `--import ${preload}`, FULL_DISK: join(folder.path, "data") };
    await using running = start("labels", disk);
    expect(await running.exited).toBe(1);
    expect(running.output()).toMatch(/out cannot be created: ENOSPC: no space left on device/);
    expect(running.output()).not.toMatch(/^ +at /m);
    expect(await readdir(folder.path)).toEqual(["data"]);
  });
});

describe("npm run export from S3", () => {
  const STORE = { engine: "s3", bucket: "a.bucket", prefix: "below" } as const;
  let server: ExportServer;

  beforeAll(async () => {
    server = await exportServer();
  });

  beforeEach(() => {
    server.requests.length = 0;
    stubAws({ AWS_ENDPOINT_URL_S3: server.endpoint });
  });

  afterEach(() => vi.unstubAllEnvs());

  afterAll(() => server.close());

  const startFromS3 = (format: string): RunningProcess =>
    start(format, {
      STORE_URL: "s3://a.bucket/below",
      ...AWS_ENVIRONMENT,
      AWS_ENDPOINT_URL_S3: server.endpoint,
      S3_FORCE_PATH_STYLE: "true",
    });

  it("leaves no folder when killed; the next export removes the leftovers, but not those of a running export", async () => {
    // The export has begun to write: it waits for the second image.
    let waits = 0;
    server.around = ({ key }, act) => {
      if (!key.endsWith(imageCalled("b")) || waits > 0) return act();
      waits += 1;
      return new Promise(() => {});
    };
    await using running = startFromS3("huggingface");
    await vi.waitFor(
      async () => {
        const [aside = ""] = await readdir(folder.path);
        expect(await readdir(join(folder.path, aside, "files/train"))).toEqual([imageCalled("a")]);
        expect(waits).toBe(1);
      },
      { timeout: 20_000 },
    );

    // Another export removes nothing of one that is still running.
    expect(await folder.run("--format labels", { store: STORE })).toMatchObject({ code: 0 });
    const beside = expect.stringMatching(/^\.out\.export-/);
    expect((await readdir(folder.path)).toSorted()).toEqual([beside, "out"]);
    await rm(join(folder.path, "out"), { recursive: true });

    running.child.kill("SIGKILL");
    await running.exited;
    expect(await readdir(folder.path)).toEqual([beside]);
    expect(await folder.run("--format huggingface", { store: STORE })).toMatchObject({ code: 0 });
    expect(await readdir(folder.path)).toEqual(["out"]);
    expect(await readdir(join(folder.path, "out/train"))).toHaveLength(3);
  });

  it("stops at Ctrl+C, and leaves nothing", async () => {
    const held = Promise.withResolvers<void>();
    server.around = async ({ key }, act) => {
      if (key.endsWith(imageCalled("b"))) await held.promise;
      return act();
    };
    await using running = startFromS3("huggingface");
    await expect
      .poll(() => server.requests.map(({ key }) => key))
      .toContain(`below/images/${imageCalled("b")}`);
    running.child.kill("SIGINT");
    await running.waitFor(/Stopping/);
    held.resolve();
    expect(await running.exited).toBe(130);
    expect(running.output()).toBe("Stopping…\nStopped: nothing was written.\n");
    expect(new Set(server.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(await readdir(folder.path)).toEqual([]);
  });
});
