/** Adds images to the image set. */
import { imageChecker } from "../../images/check-image.ts";
import { openStore } from "../../object-store/open-store.ts";
import { readConfig } from "../../process/read-config.ts";
import { runCommand } from "../run-command.ts";
import { importCommand, runImport } from "./command.ts";

await runCommand(
  process,
  importCommand,
  async (imageImport, { loadEnvironment, signal }) => {
    const config = readConfig("import", loadEnvironment());
    return runImport(imageImport, {
      address: config.STORE_URL,
      open: () => openStore(config, { alone: false }),
      async openBucket(address) {
        // Imported on demand: loading the SDK takes half a second.
        const { s3BucketReader } = await import("../../object-store/s3/s3-bucket-reader.ts");
        return s3BucketReader(address, { forcePathStyle: config.S3_FORCE_PATH_STYLE });
      },
      checkImage: imageChecker(),
      out: process.stdout,
      signal,
      now: Date.now,
    });
  },
  { endsInOrder: true },
);
