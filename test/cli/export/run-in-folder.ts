import { DEFAULT_SETTLE_AT } from "../../../src/labeling/settle-thresholds.ts";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openStore } from "../../../src/object-store/open-store.ts";
import { exportCommand, runExport } from "../../../src/cli/export/command.ts";
import { StartError } from "../../../src/platform/start-error.ts";
import type { StoreAddress } from "../../../src/object-store/store-address.ts";
import type { ObjectStore } from "../../../src/object-store/object-store.ts";
import { startS3Server, type S3Server, type S3ServerOptions } from "../../aws/s3-server.ts";
import { memoryStreams } from "../../memory-streams.ts";
import { imageCalled, part } from "../../export/read-back.ts";
import { parsed } from "../parse.ts";

export const ANSWERS = ["a ann 1", "a bob 1", "b ann 0", "b bob 0"];

export interface ExportServer extends S3Server {
  /** The same option as of startS3Server; may be set at any time. */
  around: NonNullable<S3ServerOptions["around"]>;
}

/** Starts an S3 server with two images and two answers to each, in s3://a.bucket/below. */
export async function exportServer(): Promise<ExportServer> {
  const images = ["a", "b"].map(
    (image) => [`below/images/${imageCalled(image)}`, Buffer.from(`picture ${image}`)] as const,
  );
  const server = await startS3Server({
    around: (request, act) => opened.around(request, act),
    buckets: { "a.bucket": [["below/labels/00000.csv", part(ANSWERS)], ...images] },
  });
  const opened: ExportServer = { ...server, around: (_, act) => act() };
  return opened;
}

interface RunOptions {
  store?: StoreAddress;
  /** Wraps the store. */
  around?: (store: ObjectStore) => ObjectStore;
  signal?: AbortSignal;
}

interface Outcome {
  code: number;
  /** Standard output and standard error. */
  shown: string;
  warned: string;
}

export interface ExportFolder extends AsyncDisposable {
  path: string;
  put(name: string, bytes: Buffer | string): Promise<void>;
  /** Creates the store file:data with two images and two answers to each. */
  putStore(): Promise<void>;
  /** Reads a file of the folder `out`. */
  read(name: string): Promise<string>;
  /** Runs the export in this process, by default into the folder `out`. */
  run(words: string, options?: RunOptions): Promise<Outcome>;
  /** The message of the export's StartError. @throws Error if the export succeeds or fails otherwise */
  refusal(words: string, options?: RunOptions): Promise<string>;
  /** Names in this folder, or in a folder below it, in ascending order. */
  names(below?: string): Promise<string[]>;
}

/** A temporary folder for a store and its exports. */
export async function exportFolder(): Promise<ExportFolder> {
  const path = await mkdtemp(join(tmpdir(), "hotdog-export-"));

  async function put(name: string, bytes: Buffer | string): Promise<void> {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), bytes);
  }

  async function run(
    words: string,
    {
      store,
      around = (opened: ObjectStore) => opened,
      signal = new AbortController().signal,
    }: RunOptions = {},
  ): Promise<Outcome> {
    const args = words.split(" ");
    const labelExport = parsed(
      exportCommand,
      args.includes("--out") ? args : [...args, "--out", join(path, "out")],
    );
    const { written, streams } = memoryStreams("shown", "warned");
    const address: StoreAddress = store ?? { engine: "disk", folder: join(path, "data") };
    const config = { STORE_URL: address, S3_FORCE_PATH_STYLE: true };
    const code = await runExport(labelExport, {
      address,
      hotdogsSettleAt: DEFAULT_SETTLE_AT,
      open: async () => around(await openStore(config, { exclusive: false, access: "read" })),
      stdout: streams.shown,
      stderr: streams.warned,
      signal,
      now: Date.now,
    });
    return { code, ...written };
  }

  return {
    path,
    put,

    async putStore() {
      await put("data/labels/00000.csv", part(ANSWERS));
      for (const image of ["a", "b"]) await put(`data/images/${imageCalled(image)}`, `picture ${image}`);
    },

    read: (name) => readFile(join(path, "out", name), "utf8"),

    run,

    async refusal(words, options) {
      const error: unknown = await run(words, options).catch((thrown: unknown) => thrown);
      if (!(error instanceof StartError)) throw new Error(`${words} was not refused`, { cause: error });
      return error.message;
    },

    names: async (below = "") => (await readdir(join(path, below))).toSorted(),

    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
