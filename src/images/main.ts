/** The process in which images are decoded; started by decoding-process.ts. */
import { setPriority } from "node:os";
import sharp from "sharp";
import type { CheckedImage } from "./checked-image.ts";
import type { DecodingRequest } from "./decoding-process.ts";
import { encodeAnew } from "./encode-anew.ts";
import { memoryLimit } from "./memory-limit.ts";

const AT_A_TIME = 2;
/** Of what decoding is reckoned to take; the process has about 90 MiB besides. */
const MEMORY = 256 * 1024 * 1024;
const PRIORITY = 10;

const memory = memoryLimit({ places: AT_A_TIME, bytes: MEMORY });

setPriority(PRIORITY);
// No file comes twice.
sharp.cache(false);
// Whatever a file may look like to libvips: other decoders are not there.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Uhdr", "Png", "Webp", "Nsgif", "Heif", "Tiff"].map((name) => `VipsForeignLoad${name}`),
});

// Whoever started this process may be gone before it is ready, or while it answers.
if (!process.connected) process.exit();
process.on("disconnect", () => process.exit());
// Ctrl+C is for whoever started this process, which lets it finish.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
process.on("message", ({ id, uploaded, seconds }: DecodingRequest) => {
  const bytes = Buffer.from(uploaded.buffer, uploaded.byteOffset, uploaded.byteLength);
  void encodeAnew(bytes, { memory, seconds }).then((checked) => answer(id, checked));
});
send("ready");

function answer(id: number, checked: CheckedImage): void {
  // https://nodejs.org/api/process.html#processresourceusage: in kilobytes
  send({ id, checked, peak: process.resourceUsage().maxRSS * 1_024 });
}

function send(message: unknown): void {
  process.send?.(message, undefined, undefined, (error) => {
    if (error !== null) process.exit();
  });
}
