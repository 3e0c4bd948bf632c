import type { RoundJob } from "../../jobs/round.ts";
import type { JobContext } from "../run-job.ts";
import { postRound } from "./hotdog.ts";

/** Posts a round of the hot dogs: there are no other projects yet. */
export async function postChannelRound(
  { choose = "needed", ...job }: RoundJob,
  context: JobContext,
): Promise<void> {
  await postRound({ ...job, kind: "hotdog", choose }, context);
}
