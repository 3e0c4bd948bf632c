import { createHash } from "node:crypto";
import { diskStore } from "../../src/object-store/disk.ts";
import { createLog } from "../../src/platform/log.ts";
import { newSnowflake } from "../../src/platform/snowflake.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { labelFile } from "../../src/project/label-file.ts";
import { hotdogKeys, pseudonymizer } from "../../src/project/pseudonyms.ts";

export const SECRET = "the secret of the pictures";

const PEOPLE = 9;
const DAYS = 14;
const DAY_MS = 86_400_000;
/** The shares of images that each person answers, and of answers that are right. */
const [ANSWERED, RIGHT] = [0.45, 0.92];

/** Adds two weeks of answers to the hot dogs in a folder, so that `/progress` has something to show. The same answers each time. */
export async function addAnswers(folder: string): Promise<void> {
  const store = await diskStore(folder);
  const log = createLog({ level: "warn" });
  const labels = labelFile(store, { log, now: Date.now, random: Math.random });
  const now = Date.now();
  const pseudonym = pseudonymizer(hotdogKeys(SECRET));
  for (const image of await imageSet(store).all())
    for (let person = 0; person < PEOPLE; person += 1) {
      const chance = (what: string): number => shareOf(`${image} ${person} ${what}`);
      if (chance("answers") >= ANSWERED) continue;
      const isHotdog = shareOf(image) < 0.5;
      const label = isHotdog === chance("is right") < RIGHT ? 1 : 0;
      const id = newSnowflake(Math.floor(now - chance("when") * DAYS * DAY_MS), () => chance("id"));
      const { labeler, ...owner } = pseudonym(String(person + 1));
      await labels.append({ id, image, label, labeler, round: id }, owner);
    }
  await store.close();
}

/** A number from 0 up to, not including, 1 that depends on the text alone. */
function shareOf(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 32;
}
