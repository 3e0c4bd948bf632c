import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, vi } from "vitest";
import { sqsQueue } from "../src/queue/sqs/sqs-queue.ts";
import { stubAws } from "../test/aws/environment.ts";
import type { SqsServer } from "../test/aws/sqs-server.ts";
import { FAULTS } from "../test/faults/schedule.ts";
import { sqsEngine } from "../test/faults/sqs-engine.ts";
import { suite } from "../test/faults/suite.ts";
import { memoryLog } from "../test/memory-log.ts";
import { queueContract } from "../test/queue/contract.ts";
import { deadLetterObserver } from "../test/queue/dead-letter-observer.ts";
import { motoS3, motoSqs, startMoto } from "./moto.ts";
import { describePeer } from "./peer.ts";
import { pythonPeer, readVersions } from "./python.ts";
import { s3Checks } from "./s3-checks.ts";

const { moto } = await readVersions("moto");
const peer = await pythonPeer("moto");

describePeer(`moto ${moto}, S3`, peer, (found) => {
  s3Checks("moto", () => startMoto(found));
});

describePeer(`moto ${moto}, SQS`, peer, (found) => {
  let server: SqsServer;
  let queues = 0;

  beforeAll(async () => {
    stubAws();
    server = await motoSqs(found);
  });

  afterAll(async () => {
    await server.close();
    vi.unstubAllEnvs();
  });

  queueContract("moto", async (retryDelayMs) => {
    const url = await server.createQueue(`contract-${(queues += 1)}`);
    const { log, logged } = memoryLog();
    const { observe, causes } = deadLetterObserver();
    const times = { retryDelayMs, visibilitySeconds: 30, pollWaitSeconds: 1, deadLetterWaitSeconds: 0 };
    const queue = await sqsQueue(url, { log, observe, ...times });
    const sendBody = async (body: string): Promise<void> => {
      await server.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
    };
    return { queue, logged, causes, sendBody };
  });
});

describePeer(`moto ${moto}, SQS and S3 with faults`, peer, (found) => {
  describe("a bot and three workers", () => {
    suite({
      openEngine: () => sqsEngine(() => motoSqs(found)),
      openS3: motoS3(found),
      faults: FAULTS,
      workers: 3,
    });
  });
});
