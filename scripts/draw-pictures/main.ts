/** Draws the pictures of the README and the docs from the real page: `npm run pictures`. It replaces those in docs/images. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { chromium } from "playwright-core";
import { findChromium } from "../../local-discord/test/browser/chromium-binary.ts";
import { addAnswers, SECRET } from "./answers.ts";
import { filmWalk } from "./film-walk.ts";
import { takePictures } from "./take-pictures.ts";

const ROOT = join(import.meta.dirname, "../..");
const IMAGES = join(ROOT, "docs/images");
const ADDRESS = /open at (http:\/\/127\.0\.0\.1:\d+\/)/;

/** Runs `npm start` with its data in a folder while something uses its page. */
async function withPage(folder: string, use: (address: string) => Promise<void>): Promise<void> {
  const settings = {
    PLAYGROUND_PORT: "0",
    STORE_URL: `file:${folder}`,
    LABELER_SECRET: SECRET,
    LABEL_MIN_VIEW_MS: "0",
  };
  const child = spawn(process.execPath, [join(ROOT, "src/main.ts")], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  try {
    await use(await addressIn(child.stdout));
  } finally {
    child.kill();
    await exited;
  }
}

async function addressIn(stream: Readable): Promise<string> {
  let output = "";
  for await (const data of stream.iterator({ destroyOnReturn: false })) {
    output += String(data);
    const address = ADDRESS.exec(output)?.[1];
    if (address === undefined) continue;
    stream.resume();
    return address;
  }
  throw new Error(`npm start ended:\n${output}`);
}

const folder = await mkdtemp(join(tmpdir(), "hotdog-pictures-"));
const { path, env } = await findChromium();
const browser = await chromium.launch({ executablePath: path, env: { ...process.env, ...env } });
try {
  await mkdir(IMAGES, { recursive: true });
  await withPage(folder, (address) => filmWalk(browser, address, join(IMAGES, "walk.webp")));
  await addAnswers(folder);
  await withPage(folder, (address) => takePictures(browser, address, IMAGES));
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
