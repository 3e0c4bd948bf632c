/** Run by memory.test.ts and by the bench as a process of its own: checks the files of a folder all at once, and tells what that took. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { imageChecker } from "../../src/images/check-image.ts";
import { decodingProcess, type DecodingProcess } from "../../src/images/decoding-process.ts";

const [folder = ""] = process.argv.slice(2);
const started: DecodingProcess[] = [];
const check = imageChecker({
  start(options) {
    const decoding = decodingProcess(options);
    started.push(decoding);
    return decoding;
  },
});
// What a process is said to have had at the most counts in what its parent had when it was started. Not so what is seen.
let own = 0;
const looking = setInterval(() => (own = Math.max(own, process.memoryUsage.rss())), 10);
const names = await readdir(folder);
const checked = await Promise.all(names.map(async (name) => check(await readFile(join(folder, name)))));
clearInterval(looking);
process.send?.({
  accepted: checked.filter(({ ok }) => ok).length,
  own,
  decoding: started.map(({ peak }) => peak),
});
process.disconnect();
