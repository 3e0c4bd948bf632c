import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { jobOf, mixOf } from "../../bench/day-mix.ts";
import { numbered, photograph } from "../../bench/pictures.ts";
import { formatJob } from "../../src/jobs/job.ts";

const interaction = {
  id: "1573801455138111488",
  applicationId: "1",
  token: "token",
  locale: "en-US",
  guildId: "2",
  channelId: "3",
  userId: "4",
};
const given = { images: [`${"5".repeat(64)}.jpg`], address: () => "http://127.0.0.1/picture.jpg" };

describe("the mixed load of a day", () => {
  it("is 70 % presses, 20 % stats, 5 % rounds and 5 % uploads", () => {
    const wanted = mixOf(200);

    expect(Object.groupBy(wanted, (kind) => kind)).toMatchObject({
      press: { length: 140 },
      stats: { length: 40 },
      hotdog: { length: 10 },
      upload: { length: 10 },
    });
  });

  it("is of jobs that may cross the queue", () => {
    const jobs = mixOf(20).map((kind, index) => jobOf(kind, interaction, index, given));

    expect(jobs.map((job) => JSON.parse(formatJob(job)) as unknown)).toEqual(jobs);
  });

  it("has a file of its own for each upload, with the same pixels", async () => {
    const picture = await photograph(320, 256);
    const [one, other] = [numbered(picture, 1), numbered(picture, -1)];

    expect(one).not.toEqual(other);
    expect(await sharp(one).raw().toBuffer()).toEqual(await sharp(picture).raw().toBuffer());
    expect(await sharp(other).raw().toBuffer()).toEqual(await sharp(picture).raw().toBuffer());
  });
});
