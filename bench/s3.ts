import { env } from "node:process";
import { z } from "zod";
import type { ObjectStore } from "../src/object-store/object-store.ts";
import { s3Store } from "../src/object-store/s3/s3-store.ts";
import { startChild } from "./child.ts";

const BUCKET = "bench";

/** Milliseconds that a PUT takes, and everything else. */
interface Latency {
  putTime: number;
  readTime: number;
}

const traffic = z.object({ requests: z.number(), bytes: z.number(), objects: z.number() });
type Traffic = z.infer<typeof traffic>;

export interface BenchS3 extends AsyncDisposable {
  /** Of the server's process. */
  pid: number;
  bucket: string;
  store: ObjectStore;
  /** Another one on it, with connections of its own, and below a prefix if one is given. */
  openStore: (prefix?: string) => Promise<ObjectStore>;
  /** For processes that use it. */
  settings: Record<string, string>;
  /** So far; bytes of bodies, both ways, and objects that are there. */
  traffic: () => Promise<Traffic>;
  /** From now on; at first there is none. */
  setLatency: (latency: Latency) => Promise<void>;
}

/** An S3 server with this much in it, and the store on it. */
export async function startS3(content: { images: number; rows: number }): Promise<BenchS3> {
  const wanted = { bucket: BUCKET, ...content };
  const server = startChild("s3-process.ts", { args: [JSON.stringify(wanted)] });
  const ask = async (message: "traffic" | Latency): Promise<Traffic> =>
    traffic.parse(await server.ask(message));
  const endpoint = z.string().parse(await server.ask());
  const aws = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_ENDPOINT_URL_S3: endpoint,
  };
  // What the SDK finds by itself.
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
