/** An S3 server in a process of its own, so that what is measured does not share a thread with it. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startS3Server } from "../test/aws/s3-server.ts";
import { answerParent } from "./child.ts";
import { imageObjects, labelParts } from "./content.ts";

const wanted = z.object({
  bucket: z.string(),
  /** Of the set. */
  images: z.int(),
  /** Of the label file. */
  rows: z.int(),
});

/** Milliseconds that a PUT takes, and everything else; what is asked for happens half-way. */
const latency = z.object({ putTime: z.number(), readTime: z.number() });

const { bucket, images, rows } = wanted.parse(JSON.parse(process.argv[2] ?? ""));
const traffic = { requests: 0, bytes: 0 };
let { putTime, readTime } = { putTime: 0, readTime: 0 };

const server = await startS3Server({
  buckets: { [bucket]: [...(await imageObjects(images)), ...labelParts(rows, Math.max(images, 1))] },
  async around({ method, body }, act) {
    const time = method === "PUT" ? putTime : readTime;
    if (time > 0) await wait(time / 2);
    const answer = act();
    traffic.requests += 1;
    traffic.bytes += body.length + (method === "HEAD" ? 0 : (answer.body?.length ?? 0));
    if (time > 0) await wait(time / 2);
    return answer;
  },
});
answerParent(process, (message) => {
  if (message !== "traffic") ({ putTime, readTime } = latency.parse(message));
  return { ...traffic, objects: server.bucket(bucket).keys().length };
});
process.send?.(server.endpoint);
