/** Checks all files of a folder at once, and reports the memory that this took. Run by memory.system.test.ts and a benchmark as a child process. */
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
/** Largest number of bytes that this process and its decoding processes used at the same time. */
let peak = 0;
const sampling = setInterval(() => {
  const decoding = started.reduce((sum, { resident = 0 }) => sum + resident, 0);
  peak = Math.max(peak, process.memoryUsage.rss() + decoding);
}, 10);
const names = await readdir(folder);
const checked = await Promise.all(names.map(async (name) => check(await readFile(join(folder, name)))));
clearInterval(sampling);
process.send?.({ accepted: checked.filter(({ ok }) => ok).length, peak });
process.disconnect();
