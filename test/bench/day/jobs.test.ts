import { describe, expect, it } from "vitest";
import { makeJob, mixedKinds } from "../../../bench/day/jobs.ts";
import { makeDistinctPhoto } from "../../../bench/samples/pictures.ts";
import { nearDuplicateTest } from "../../../src/images/near-duplicates/is-near-duplicate.ts";
import { makeThumbnail } from "../../../src/images/near-duplicates/make-thumbnail.ts";
import { formatJob } from "../../../src/jobs/job.ts";

const interaction = {
  id: "1573801455138111488",
  applicationId: "1",
  token: "token",
  locale: "en-US",
  guildId: "2",
  channelId: "3",
  userId: "4",
};
const material = { images: [`${"5".repeat(64)}.jpg`], nextUrl: () => "http://127.0.0.1/picture.jpg" };

describe("the mixed load", () => {
  it("is 70 % presses, 20 % stats, 5 % rounds and 5 % uploads", () => {
    const kinds = mixedKinds(200);

    expect(Object.groupBy(kinds, (kind) => kind)).toMatchObject({
      press: { length: 140 },
      stats: { length: 40 },
      hotdog: { length: 10 },
      upload: { length: 10 },
    });
  });

  it("has only jobs that the queue accepts", () => {
    const jobs = mixedKinds(20).map((kind, index) => makeJob(kind, interaction, index, material));

    expect(jobs.map((job) => JSON.parse(formatJob(job)) as unknown)).toEqual(jobs);
  });

  it("has uploads of many people, and everybody does everything", () => {
    const jobs = mixedKinds(20_000).map((kind, index) => makeJob(kind, interaction, index, material));
    const peopleOf = (kind: string): Set<string> =>
      new Set(
        jobs.flatMap((job) => (job.kind === kind && "interaction" in job ? [job.interaction.userId] : [])),
      );

    expect(peopleOf("upload").size).toBeGreaterThan(900);
    expect(peopleOf("upload")).toEqual(peopleOf("press"));
  });

  it("uploads pictures that do not look alike", async () => {
    const one = await makeThumbnail(await makeDistinctPhoto());
    const other = await makeThumbnail(await makeDistinctPhoto());

    expect(nearDuplicateTest(one)(other)).toBe(false);
  });
});
