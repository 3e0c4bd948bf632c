import { describe } from "vitest";
import { FAULTS } from "./schedule.ts";
import { sqsEngine } from "./sqs-engine.ts";
import { suite } from "./suite.ts";

describe("bot and workers over SQS and S3", () => {
  suite(sqsEngine, FAULTS);
});
