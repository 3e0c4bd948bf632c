import { endSession, loseAnswersOfDiscord, loseGateway, refuseRequests } from "./discord-faults.ts";
import type { Fault } from "./fault.ts";
import { killAfterRow, killBeforeRow, killBot } from "./process-faults.ts";
import { loseAnswersOfS3, outageOfS3 } from "./s3-faults.ts";

/** Milliseconds of a fault that could last for ever. */
const LASTING = 3_000;

/** In the order in which they happen: first those after which the last job takes longest to be done. */
export const FAULTS: readonly Fault[] = [
  { name: "the bot is killed", happen: killBot, leavesThinking: true },
  { name: "S3 is away for a while", happen: (place) => outageOfS3(place, LASTING) },
  { name: "the queue is away for a while", happen: ({ engine }) => engine.outage(LASTING) },
  { name: "a worker is killed after it has written a row", happen: killAfterRow },
  { name: "the other worker is killed before it has written a row", happen: killBeforeRow },
  {
    name: "answers of the queue are lost after it has done what was asked",
    happen: ({ engine }) => engine.loseAnswers(LASTING),
  },
  { name: "every job is delivered twice", happen: ({ engine }) => engine.deliverTwice(LASTING) },
  {
    name: "a tenth of the answers of S3 is lost after it has done what was asked",
    happen: (place) => loseAnswersOfS3(place, LASTING),
  },
];

/** Of Discord, to which the engine makes no difference. */
export const DISCORD_FAULTS: readonly Fault[] = [
  {
    name: "the gateway connection is lost and resumed",
    happen: (place) => loseGateway(place, LASTING),
  },
  { name: "the session is invalid, and another one begins", happen: endSession },
  {
    name: "Discord answers 500, and 429 with Retry-After",
    happen: (place) => refuseRequests(place, LASTING),
  },
  {
    name: "answers of Discord are lost after it has done what was asked",
    happen: (place) => loseAnswersOfDiscord(place, LASTING),
  },
];
