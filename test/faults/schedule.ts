import { endSession, loseDiscordResponses, loseGateway, refuseRequests } from "./discord-faults.ts";
import type { Fault } from "./fault.ts";
import { killAfterRow, killBeforeRow, killBot } from "./process-faults.ts";
import { loseS3Responses, s3Outage } from "./s3-faults.ts";

/** How long faults without an end of their own last. */
const FAULT_MS = 3_000;

/** In the order in which they are injected. Faults after which jobs take longest to finish come first. */
export const FAULTS: readonly Fault[] = [
  { name: "the bot is killed", inject: killBot, mayLeaveThinking: true },
  { name: "S3 is unavailable", inject: (place) => s3Outage(place, FAULT_MS) },
  { name: "the queue is unavailable", inject: ({ engine }) => engine.outage(FAULT_MS) },
  { name: "a worker is killed after it has written a row", inject: killAfterRow },
  { name: "the other workers are killed before they have written a row", inject: killBeforeRow },
  {
    name: "responses of the queue are lost after it has processed the requests",
    inject: ({ engine }) => engine.loseResponses(FAULT_MS),
  },
  { name: "every job is delivered twice", inject: ({ engine }) => engine.deliverTwice(FAULT_MS) },
  {
    name: "a tenth of the responses of S3 are lost after it has processed the requests",
    inject: (place) => loseS3Responses(place, FAULT_MS),
  },
];

/** Faults of Discord, which are independent of the engine. */
export const DISCORD_FAULTS: readonly Fault[] = [
  {
    name: "the gateway connection is lost and resumed",
    inject: (place) => loseGateway(place, FAULT_MS),
  },
  { name: "the gateway session is invalidated", inject: endSession },
  {
    name: "Discord responds with 500, and with 429 and Retry-After",
    inject: (place) => refuseRequests(place, FAULT_MS),
  },
  {
    name: "responses of Discord are lost after it has processed the requests",
    inject: (place) => loseDiscordResponses(place, FAULT_MS),
  },
];
