/** Brings images into the image set. */
import { z } from "zod";
import { abortOnSignal } from "../abort-on-signal.ts";
import { endWithReader } from "../end-with-reader.ts";
import { readEnvironment } from "../../process/environment.ts";
import { imageChecker } from "../../images/check-image.ts";
import { loadEnvironment } from "../../process/load-environment.ts";
import { openStore } from "../../object-store/open-store.ts";
import { settings } from "../../process/settings.ts";
import { exitWithReason } from "../../platform/start-error.ts";
import { parseCommand } from "../parse-command.ts";
import { readArguments } from "./arguments.ts";
import { runImport } from "./run-import.ts";

const USAGE = `Usage: npm run import -- [--starter | --remove-starter] [PATH…]

Adds images to the image set in the store that STORE_URL names: JPEG, PNG, WebP, GIF, AVIF and TIFF files of up to
10 MiB and 50 megapixels. May run beside the bot, be broken off (Ctrl+C) and repeated: what is there is not added again.

  PATH       a file; a folder with all that is in it, but for hidden files, and links that lead out of it; or
             s3://BUCKET/PREFIX, all objects whose key begins so, from where the store's own settings of AWS lead

  --starter         the 20 images to start with: 10 of hot dogs, 10 of other things
  --remove-starter  takes those 20 out of the set. Adding images of PATH does so, too, without --starter. Their labels stay
  --help            this text

Exit code: 0 when no file was refused, 2 when some were, 130 when it was broken off, 1 for everything else.
`;

async function main(): Promise<void> {
  endWithReader(process);
  const wanted = parseCommand(process, USAGE, readArguments);
  if (wanted === undefined) return;
  const { STORE_URL, S3_FORCE_PATH_STYLE } = settings;
  const config = readEnvironment(z.object({ STORE_URL, S3_FORCE_PATH_STYLE }), loadEnvironment(process));
  process.exitCode = await runImport(wanted, {
    address: config.STORE_URL,
    open: () => openStore(config, { alone: false }),
    async openBucket(address) {
      // Imported on demand: loading the SDK takes half a second.
      const { s3BucketReader } = await import("../../object-store/s3/s3-bucket-reader.ts");
      return s3BucketReader(address, { forcePathStyle: config.S3_FORCE_PATH_STYLE });
    },
    checkImage: imageChecker(),
    out: process.stdout,
    signal: abortOnSignal(process),
    now: Date.now,
  });
}

await main().catch((error: unknown) => exitWithReason(error, process));
