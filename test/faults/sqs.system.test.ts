import { describe } from "vitest";
import { FAULTS } from "./schedule.ts";
import { sqsEngine } from "./sqs-engine.ts";
import { suite } from "./suite.ts";

describe("a bot and two workers with SQS and S3", () => {
  suite({ openEngine: sqsEngine, faults: FAULTS, workers: 2 });
});
