/** Run by memory.system.test.ts and by the bench as a process of its own: checks the files of a folder all at once, and tells what that took. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { imageChecker } from "../../src/images/check-image.ts";
import { decodingProcess, type DecodingProcess } from "../../src/images/decoding-process.ts";

const [folder = ""] = process.argv.slice(2);
const started: DecodingProcess[] = [];
const check = imageChecker(() => {
  const decoding = decodingProcess();
  started.push(decoding);
  return decoding;
});
/** Bytes, of this process and of those in which it has images decoded, at the same moment. */
let peak = 0;
const looking = setInterval(() => {
  const decoding = started.reduce((sum, { resident = 0 }) => sum + resident, 0);
  peak = Math.max(peak, process.memoryUsage.rss() + decoding);
}, 10);
const names = await readdir(folder);
const checked = await Promise.all(names.map(async (name) => check(await readFile(join(folder, name)))));
clearInterval(looking);
process.send?.({ accepted: checked.filter(({ ok }) => ok).length, peak });
process.disconnect();
