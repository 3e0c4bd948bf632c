import { describe } from "vitest";
import { redisEngine } from "./redis-engine.ts";
import { DISCORD_FAULTS, FAULTS } from "./schedule.ts";
import { suite } from "./suite.ts";

describe("a bot and four workers with Redis and S3", () => {
  suite({ openEngine: redisEngine, faults: [...FAULTS, ...DISCORD_FAULTS], workers: 4 });
});
