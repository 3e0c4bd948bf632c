/** Entry point of the decoding process, which decoding-process.ts starts. */
import { setPriority } from "node:os";
import sharp from "sharp";
import type { DecodingReply, DecodingRequest } from "./decoding-process.ts";
import { reencode } from "./reencode.ts";

const NICENESS = 10;

// Decoding yields to all other processes.
setPriority(NICENESS);
// No file is decoded twice.
sharp.cache(false);
// Only these decoders are available, whatever format libvips detects.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Webp", "Nsgif", "Heif", "Tiff"].map((name) => `VipsForeignLoad${name}`),
});

/** Called when the parent allows decoding to continue. */
let goOn: (() => void) | undefined;

// The parent may be gone before this process is ready, or while it answers.
if (!process.connected) process.exit();
process.on("disconnect", () => process.exit());
// Signals are for the parent, which lets this process finish its file.
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
