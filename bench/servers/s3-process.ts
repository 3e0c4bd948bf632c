/** An S3 server in a separate process, so that it does not share a thread with what is measured. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startS3Server } from "../../test/aws/s3-server.ts";
import { answerParent } from "../harness/child.ts";
import { makeImageObjects, makeLabelParts } from "../samples/stored-content.ts";
import { makeProjectObjects } from "../samples/stored-projects.ts";

const content = z.object({
  bucket: z.string(),
  /** Number of images in the set. */
  images: z.int(),
  /** Number of rows in the label file. */
  rows: z.int(),
  /** The projects besides the hot dogs, and how many images and rows each has. */
  projects: z.object({ count: z.int(), images: z.int(), rows: z.int() }),
  /** Width and height of the images. */
  photoSize: z.tuple([z.int(), z.int()]),
});

/** The latencies of a PUT and of all other requests. Each request takes effect half-way through its latency. */
const latency = z.object({ putMs: z.number(), readMs: z.number() });

const { bucket, images, rows, photoSize, projects } = content.parse(JSON.parse(process.argv[2] ?? ""));
const traffic = { requests: 0, bytes: 0 };
let { putMs, readMs } = { putMs: 0, readMs: 0 };

const server = await startS3Server({
  buckets: {
    [bucket]: [
      ...(await makeImageObjects(images, photoSize)),
      ...makeLabelParts(rows, Math.max(images, 1)),
      ...(await makeProjectObjects(projects)),
    ],
  },
  async around({ method, body }, act) {
    const ms = method === "PUT" ? putMs : readMs;
    if (ms > 0) await wait(ms / 2);
    const answer = act();
    traffic.requests += 1;
    traffic.bytes += body.length + (method === "HEAD" ? 0 : (answer.body?.length ?? 0));
    if (ms > 0) await wait(ms / 2);
    return answer;
  },
});
answerParent(process, (message) => {
  if (message !== "traffic") ({ putMs, readMs } = latency.parse(message));
  return { ...traffic, objects: server.bucket(bucket).keys().length };
});
process.send?.(server.endpoint);
