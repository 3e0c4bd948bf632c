import { spawn } from "node:child_process";
import { freePort } from "../test/free-port.ts";
import { sqsQueues } from "../test/aws/sqs-queues.ts";
import type { SqsServer } from "../test/aws/sqs-server.ts";
import { inherited, watchProcess } from "../test/end-to-end/process.ts";
import type { OpenS3 } from "../test/faults/s3-backend.ts";
import type { PythonPeer } from "./python.ts";
import { createBucket } from "./s3-client.ts";
import { s3Proxy } from "./s3-proxy.ts";

const ACCOUNT = "123456789012";

/** Starts moto with all its services on a free port of 127.0.0.1. */
export async function startMoto({ program }: PythonPeer): Promise<{ origin: string } & AsyncDisposable> {
  const port = await freePort();
  const child = spawn(program("moto_server"), ["--host", "127.0.0.1", "--port", String(port)], {
    env: inherited(),
  });
  const server = watchProcess(child, "moto");
  await server.waitFor(/Running on/);
  return { origin: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** Starts moto's SQS. */
export async function motoSqs(peer: PythonPeer): Promise<SqsServer> {
  const server = await startMoto(peer);
  const queues = sqsQueues(server.origin, ACCOUNT);
  return {
    ...queues,
    async close() {
      queues.client.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Starts moto's S3 behind a proxy. */
export const motoS3 =
  (peer: PythonPeer): OpenS3 =>
  async (bucket, around) => {
    const server = await startMoto(peer);
    await createBucket(server.origin, bucket);
    return s3Proxy(server, bucket, around);
  };
