import { QueueKeys, RedisConnection, RedisQueueBackend, type BackendFactory } from "bullmq";
import type { Redis } from "ioredis";

/** JSON, as BullMQ keeps data. */
const NO_PAYLOAD = '""';

/**
 * Drops the payload of a job in the same step in which it becomes done: by its id it is known again when it is sent twice, and
 * nothing says any more who asked, or what for.
 */
class WorkerBackend extends RedisQueueBackend {
  override moveToCompletedArgs(
    ...[job, returned, remove, token, fetchNext = false]: Parameters<RedisQueueBackend["moveToCompletedArgs"]>
  ): ReturnType<RedisQueueBackend["moveToCompletedArgs"]> {
    const dropped = { data: NO_PAYLOAD };
    return this.moveToFinishedArgs(
      job,
      returned,
      "returnvalue",
      remove,
      "completed",
      token,
      Date.now(),
      fetchNext,
      dropped,
    );
  }
}

/** @returns what a Worker of BullMQ reaches Redis through: this client, and one more connection to wait on */
export function workerBackend(client: Redis, prefix: string): BackendFactory<RedisQueueBackend> {
  return (name, options) => {
    const keys = new QueueKeys(prefix);
    return new WorkerBackend(
      new RedisConnection(client, { shared: true, blocking: false }),
      name,
      keys.getKeys(name),
      (type) => keys.toKey(name, type),
      options,
      new RedisConnection(client.duplicate(), { shared: false, blocking: true }),
    );
  };
}
