import { describe } from "vitest";
import { redisEngine } from "../test/faults/redis-engine.ts";
import { FAULTS } from "../test/faults/schedule.ts";
import { suite } from "../test/faults/suite.ts";
import { describePeer } from "./peer.ts";
import { s3Checks } from "./s3-checks.ts";
import { findSeaweedFs, SEAWEEDFS_VERSION, seaweedS3, startSeaweedFs } from "./seaweedfs.ts";

const peer = await findSeaweedFs();

describePeer(`SeaweedFS ${SEAWEEDFS_VERSION}`, peer, (found) => {
  s3Checks("SeaweedFS", () => startSeaweedFs(found));
});

describePeer(`SeaweedFS ${SEAWEEDFS_VERSION} with faults`, peer, (found) => {
  describe("a bot and three workers with Redis", () => {
    suite({ openEngine: redisEngine, openS3: seaweedS3(found), faults: FAULTS, workers: 3 });
  });
});
