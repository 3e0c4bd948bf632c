/** Writes the labels in the format of another tool. */
import { z } from "zod";
import { abortOnSignal } from "../abort-on-signal.ts";
import { endWithReader } from "../end-with-reader.ts";
import { readEnvironment } from "../../process/environment.ts";
import { loadEnvironment } from "../../process/load-environment.ts";
import { openStore } from "../../object-store/open-store.ts";
import { settings } from "../../process/settings.ts";
import { exitWithReason } from "../../platform/start-error.ts";
import { parseCommand } from "../parse-command.ts";
import { readArguments } from "./arguments.ts";
import { runExport } from "./run-export.ts";

const USAGE = `Usage: npm run export -- --format FORMAT --out DIR [--people KEYFILE] [--images-at ADDRESS]
       npm run export -- --format labels --out DIR --raw

Writes the labels in the store that STORE_URL names into DIR, which must not be there yet, or be empty. May run beside the
bot. DIR is there when all is in it; what is broken off (Ctrl+C) leaves nothing.

  --format labels        every answer: image, labeler, label, labeled_on, counts (1: this person's last answer to the image)
           consensus     one label an image, and how well each person answers: two CSV files
           crowd-kit     the last answer of each person to each image: task,worker,label
           huggingface   an imagefolder: the images, metadata.jsonl and a dataset card
           ground-truth  an augmented manifest of SageMaker Ground Truth
           label-studio  tasks with annotations and predictions, and the labeling interface they fit into
  --out DIR              the folder to make
  --people KEYFILE       names people the same in every export with this file, for one study; made when it is missing. Whoever
                         has it can join these exports. Without it each export has pseudonyms of its own
  --raw                  writes the label file as it is stored, with ids and times of presses and rounds and with the stored
                         pseudonyms, which lead from Discord's messages to people
  --images-at ADDRESS    where ground-truth and label-studio find the images: the address of their folder. Unless told, that
                         of the store on S3; of a store in a folder, for label-studio, its local files. ground-truth
                         takes none but s3://BUCKET/FOLDER
  --help                 this text

Exit code: 0 when DIR is written, 130 when it was broken off, 1 for everything else.
`;

async function main(): Promise<void> {
  endWithReader(process);
  const wanted = parseCommand(process, USAGE, readArguments);
  if (wanted === undefined) return;
  const { STORE_URL, S3_FORCE_PATH_STYLE } = settings;
  const config = readEnvironment(z.object({ STORE_URL, S3_FORCE_PATH_STYLE }), loadEnvironment(process));
  process.exitCode = await runExport(wanted, {
    address: config.STORE_URL,
    open: () => openStore(config, { alone: false, access: "read" }),
    show: process.stdout,
    warn: process.stderr,
    signal: abortOnSignal(process),
    now: Date.now,
  });
}

await main().catch((error: unknown) => exitWithReason(error, process));
