/** The lower limit of an answer's time: one PUT, then one edit with a picture, with the worker's clients. */
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { openStore } from "../../src/object-store/open-store.ts";
import { createLog } from "../../src/platform/log.ts";
import { readConfig } from "../../src/process/read-config.ts";
import { en } from "../../src/texts/en.ts";
import { answers } from "../../src/worker/answers.ts";
import { aloneMessage } from "../../src/worker/labeling-alone/alone-message.ts";
import { pictureMakers } from "../../src/worker/picture.ts";
import { answerParent } from "../harness/child.ts";
import { makePhoto, SMALL_PHOTO } from "../samples/pictures.ts";
import { LABELED_IMAGE, makePressJobs } from "../samples/press-jobs.ts";
import { postMessage } from "../servers/post-message.ts";

const KEY = "limit/row.csv";
const ROW = Buffer.from("one row\r\n");

const [channelId = ""] = process.argv.slice(2);
const { DISCORD_TOKEN: botToken, DISCORD_API: api, ...config } = readConfig("worker", process.env);
const store = await openStore(config, { exclusive: false });
const { messages } = answers({ token: botToken, api, now: Date.now });

const photo = await makePhoto(...SMALL_PHOTO);
const { makePictures } = pictureMakers({ log: createLog({ level: "error" }) });
const images = { read: async () => photo, has: async () => true };
const [picture] = await makePictures([LABELED_IMAGE], images, { format: "canvas" });
if (picture === undefined) throw new Error("the picture could not be made");
const { image } = picture;
const shown = {
  project: null,
  question: HOTDOG_QUESTION,
  picture,
  image,
  skips: 0,
  answered: 0,
  canGoBack: false,
};
const message = aloneMessage({ session: channelId, ...shown }, en);
const messageId = await postMessage({ api, botToken, channelId }, message);
const [job] = makePressJobs(1);
if (job === undefined) throw new Error("there is no job");
const reference = { interaction: { ...job.interaction, channelId }, messageId, pressed: false };

answerParent(process, async () => {
  const started = performance.now();
  await store.put(KEY, ROW);
  await messages.edit(reference, message);
  return performance.now() - started;
});
process.send?.("ready");
