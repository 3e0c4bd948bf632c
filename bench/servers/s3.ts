import { env } from "node:process";
import { z } from "zod";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { s3Store } from "../../src/object-store/s3/s3-store.ts";
import { startChild } from "../harness/child.ts";
import type { ProjectContent } from "../samples/stored-projects.ts";
import { LARGE_PHOTO, type PhotoSize } from "../samples/pictures.ts";

const BUCKET = "bench";

interface Latency {
  /** Milliseconds that a PUT takes. */
  putMs: number;
  /** Milliseconds that all other requests take. */
  readMs: number;
}

const traffic = z.object({ requests: z.number(), bytes: z.number(), objects: z.number() });
type Traffic = z.infer<typeof traffic>;

export interface BenchS3 extends AsyncDisposable {
  /** Process id of the server. */
  pid: number;
  bucket: string;
  store: ObjectStore;
  /** Opens another store on the server, with its own connections and an optional prefix. */
  openStore: (prefix?: string) => Promise<ObjectStore>;
  /** Environment variables for processes that use the server. */
  settings: Record<string, string>;
  /** Requests and body bytes (both ways) so far, and the number of stored objects. */
  traffic: () => Promise<Traffic>;
  /** Sets the latency from now on. It starts at 0. */
  setLatency: (latency: Latency) => Promise<void>;
}

interface StoredContent {
  /** Number of images of the hot dogs. */
  images: number;
  /** Number of rows in the label file of the hot dogs. */
  rows: number;
  /** Size of the images; large by default. */
  photoSize?: PhotoSize;
  /** By default there are none. */
  projects?: ProjectContent;
}

/** Starts an S3 server with this content, and opens a store on it. */
export async function startS3({
  photoSize = LARGE_PHOTO,
  projects = { count: 0, images: 0, rows: 0 },
  ...content
}: StoredContent): Promise<BenchS3> {
  const server = startChild(new URL("./s3-process.ts", import.meta.url), {
    args: [JSON.stringify({ bucket: BUCKET, photoSize, projects, ...content })],
  });
  const ask = async (message: "traffic" | Latency): Promise<Traffic> =>
    traffic.parse(await server.ask(message));
  const endpoint = z.string().parse(await server.ask());
  const aws = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_ENDPOINT_URL_S3: endpoint,
  };
  // The SDK reads these from the environment.
  Object.assign(env, aws);
  const openStore = (prefix = ""): Promise<ObjectStore> =>
    s3Store({ bucket: BUCKET, prefix }, { forcePathStyle: true });
  const store = await openStore();
  return {
    pid: server.pid,
    bucket: BUCKET,
    store,
    openStore,
    settings: { ...aws, STORE_URL: `s3://${BUCKET}`, S3_FORCE_PATH_STYLE: "true" },
    traffic: () => ask("traffic"),
    setLatency: async (latency) => void (await ask(latency)),
    async [Symbol.asyncDispose]() {
      await store.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
