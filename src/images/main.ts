/** The process in which images are decoded; started by decoding-process.ts. */
import { setPriority } from "node:os";
import sharp from "sharp";
import type { DecodingReply, DecodingRequest } from "./decoding-process.ts";
import { reencode } from "./reencode.ts";

const PRIORITY = 10;

setPriority(PRIORITY);
// No file comes twice.
sharp.cache(false);
// Whatever a file may look like to libvips: other decoders are not there.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Webp", "Nsgif", "Heif", "Tiff"].map((name) => `VipsForeignLoad${name}`),
});

/** Called when the parent allows the decoding to go on. */
let goOn: (() => void) | undefined;

// Whoever started this process may be gone before it is ready, or while it answers.
if (!process.connected) process.exit();
process.on("disconnect", () => process.exit());
// What is told to stop is whoever started this process, and lets it finish.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
process.on("message", (request: DecodingRequest) => {
  if (request === "go on") return goOn?.();
  const { buffer, byteOffset, byteLength } = request.uploaded;
  void reencode(Buffer.from(buffer, byteOffset, byteLength), { reserveMemory }).then((outcome) =>
    send({ step: "done", outcome }),
  );
});
send({ step: "started" });

async function reserveMemory(bytes: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  goOn = resolve;
  send({ step: "header", memory: bytes });
  await promise;
}

function send(answer: DecodingReply): void {
  process.send?.(answer, undefined, undefined, (error) => {
    if (error !== null) process.exit();
  });
}
