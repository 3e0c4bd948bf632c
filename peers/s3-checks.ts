import { DeleteBucketCommand, DeleteObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ConditionFailedError, type ObjectStore } from "../src/object-store/object-store.ts";
import { s3Store } from "../src/object-store/s3/s3-store.ts";
import { stubAws } from "../test/aws/environment.ts";
import { storeContract } from "../test/object-store/contract.ts";
import { createBucket, s3Client } from "./s3-client.ts";

const WRITERS = 8;
const KEYS = 20;
const INCREMENTS = 20;

/** Checks that a store on this server keeps the contract of all stores, and that of several writers at once exactly one wins. */
export function s3Checks(name: string, start: () => Promise<{ origin: string } & AsyncDisposable>): void {
  const disposables = new AsyncDisposableStack();
  let origin = "";
  let buckets = 0;

  beforeAll(async () => {
    ({ origin } = disposables.use(await start()));
    stubAws({ AWS_ENDPOINT_URL_S3: origin });
  });

  afterAll(async () => {
    await disposables.disposeAsync();
    vi.unstubAllEnvs();
  });

  async function openBucket(): Promise<{ store: ObjectStore; bucket: string; remove: () => Promise<void> }> {
    const bucket = `bucket-${(buckets += 1)}`;
    await createBucket(origin, bucket);
    const store = await s3Store({ bucket, prefix: "" }, { forcePathStyle: true });
    return { store, bucket, remove: () => removeBucket(origin, bucket) };
  }

  storeContract(name, openBucket);

  describe("lets exactly one of 8 writers win", () => {
    /** Stores with connections of their own, as those of 8 workers. */
    async function openWriters(): Promise<AsyncDisposable & { stores: ObjectStore[] }> {
      const { store, bucket, remove } = await openBucket();
      const others = Array.from({ length: WRITERS - 1 }, () =>
        s3Store({ bucket, prefix: "" }, { forcePathStyle: true }),
      );
      const stores = [store, ...(await Promise.all(others))];
      return {
        stores,
        async [Symbol.asyncDispose]() {
          for (const one of stores) await one.close();
          await remove();
        },
      };
    }

    it("who create an object", async () => {
      await using writers = await openWriters();
      for (let key = 0; key < KEYS; key += 1) {
        const wins = await Promise.all(
          writers.stores.map((store, writer) =>
            isWritten(store.put(`key-${key}`, Buffer.from(`${writer}`), { condition: { ifNoneMatch: "*" } })),
          ),
        );
        expect(wins.filter(Boolean), `key ${key}`).toHaveLength(1);
        const found = await writers.stores[0]?.get(`key-${key}`);
        expect(found?.body.toString()).toBe(`${wins.indexOf(true)}`);
      }
    });

    it("who rewrite an object, so that no increment is lost", async () => {
      await using writers = await openWriters();
      const [first] = writers.stores;
      await first?.put("counter", Buffer.from("0"));
      await Promise.all(
        writers.stores.map(async (store) => {
          for (let left = INCREMENTS; left > 0;) {
            const { body, etag } = (await store.get("counter")) ?? { body: "", etag: "" };
            const next = Buffer.from(`${Number(body.toString()) + 1}`);
            if (await isWritten(store.put("counter", next, { condition: { ifMatch: etag } }))) left -= 1;
          }
        }),
      );
      expect((await first?.get("counter"))?.body.toString()).toBe(`${WRITERS * INCREMENTS}`);
    });
  });
}

async function isWritten(put: Promise<string>): Promise<boolean> {
  try {
    await put;
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}

async function removeBucket(endpoint: string, Bucket: string): Promise<void> {
  const client = s3Client(endpoint);
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket, Key }));
  await client.send(new DeleteBucketCommand({ Bucket }));
  client.destroy();
}
