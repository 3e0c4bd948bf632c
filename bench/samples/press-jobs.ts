import type { PressJob } from "../../src/jobs/press.ts";

/** The image that the presses label by default. */
export const LABELED_IMAGE = `${"5".repeat(64)}.webp`;

const DISCORD_EPOCH_MS = 1_420_070_400_000;
let made = 0;

/** Makes presses that happen now, by 50 people. */
export function makePressJobs(count: number, image = LABELED_IMAGE): PressJob[] {
  return Array.from({ length: count }, (_, index) => {
    made += 1;
    const id = String((BigInt(Date.now() - DISCORD_EPOCH_MS) << 22n) + BigInt(made % 4_194_304));
    return {
      kind: "press",
      interaction: {
        id,
        applicationId: "1",
        token: "token",
        locale: "en-US",
        guildId: "2",
        channelId: "3",
        userId: String(1_000 + (index % 50)),
      },
      press: {
        round: "1573801018263601152",
        position: 1,
        label: index % 2 === 0 ? 0 : 1,
        image,
        project: null,
      },
    };
  });
}
