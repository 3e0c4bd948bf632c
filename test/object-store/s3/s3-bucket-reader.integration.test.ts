import { afterEach, expect, it, vi } from "vitest";
import { s3BucketReader } from "../../../src/object-store/s3/s3-bucket-reader.ts";
import { stubAws } from "../../aws/environment.ts";
import { bareFailure, type S3Answer } from "../../aws/s3-answers.ts";
import { startS3Server, type S3Server } from "../../aws/s3-server.ts";

/** Long enough for a busy machine to open the bucket. */
const DEADLINE_MS = 2_000;
const PATIENT_MS = 60_000;

let server: S3Server;

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

async function open(
  around: (key: string, act: () => S3Answer) => S3Answer | Promise<never>,
  deadline = PATIENT_MS,
) {
  const many = Array.from(
    { length: 2_500 },
    (_, index) => [`a/${index}`, Buffer.from(String(index))] as const,
  );
  server = await startS3Server({ buckets: { photos: many }, around: ({ key }, act) => around(key, act) });
  stubAws({ AWS_ENDPOINT_URL: server.endpoint });
  const timeouts = { connect: deadline, idle: PATIENT_MS, call: deadline };
  const options = { forcePathStyle: true, timeouts, readDeadline: deadline };
  return s3BucketReader({ bucket: "photos", prefix: "" }, options);
}

it("lists all objects of a bucket, page after page", async () => {
  const objects = await open((_, act) => act());
  const names = new Set<string>();
  for await (const { name } of objects.list("a/")) names.add(name);
  expect(names.size).toBe(2_500);
  objects.close();
});

it("gives up a list and an object that never end", async () => {
  let stalled = false;
  const objects = await open((key, act) => {
    if (key !== "") return { ...act(), cut: "stall" };
    return stalled ? new Promise<never>(() => {}) : act();
  }, DEADLINE_MS);
  stalled = true;
  const read = objects.read("a/1");
  const first = objects.list("a/")[Symbol.asyncIterator]().next();
  await Promise.all(
    [read, first].map((stalledCall) => expect(stalledCall).rejects.toThrow("no result within 2 s")),
  );
  objects.close();
});

it("calls an object denied only if that is the reason", async () => {
  const objects = await open((key, act) =>
    key === "" ? act() : bareFailure(403, key === "a/1" ? "AccessDenied" : "RequestTimeTooSkewed"),
  );
  expect(await objects.read("a/1")).toBe("denied");
  await expect(objects.read("a/2")).rejects.toThrow("S3 answered 403 RequestTimeTooSkewed");
  objects.close();
});
