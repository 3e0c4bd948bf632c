import { describe } from "vitest";
import { FAULTS } from "./schedule.ts";
import { sqsEngine } from "./sqs-engine.ts";
import { suite } from "./suite.ts";

describe("separate bot and worker processes with SQS and S3", () => {
  suite(sqsEngine, FAULTS);
});
