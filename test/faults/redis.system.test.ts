import { describe } from "vitest";
import { redisEngine } from "./redis-engine.ts";
import { DISCORD_FAULTS, FAULTS } from "./schedule.ts";
import { suite } from "./suite.ts";

describe("separate bot and worker processes with Redis and S3", () => {
  suite(redisEngine, [...FAULTS, ...DISCORD_FAULTS]);
});
