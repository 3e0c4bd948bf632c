/** Brings images into the image set. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { abortedBySignal, BROKEN_OFF } from "../aborted-by-signal.ts";
import { endWithReader } from "../end-with-reader.ts";
import { readEnvironment } from "../environment.ts";
import { imageChecker } from "../images/check-image.ts";
import { loadEnvironment } from "../load-environment.ts";
import { openStore } from "../open-store.ts";
import { settings } from "../settings.ts";
import { exitWithReason } from "../start-error.ts";
import { imageSet } from "../store/image-set.ts";
import { s3Objects } from "../store/s3-objects.ts";
import { wantedOf } from "../wanted.ts";
import type { OpenBucket } from "./find-objects.ts";
import { findSources } from "./find-sources.ts";
import { importImages } from "./import-images.ts";

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

const options = {
  starter: { type: "boolean" },
  "remove-starter": { type: "boolean" },
  help: { type: "boolean" },
} as const;
const REFUSED = 2;

async function main(): Promise<void> {
  endWithReader(process);
  const wanted = wantedOf(process, USAGE, readArguments);
  if (wanted === undefined) return;

  const { STORE_URL, S3_FORCE_PATH_STYLE } = settings;
  const config = readEnvironment(z.object({ STORE_URL, S3_FORCE_PATH_STYLE }), loadEnvironment(process));
  await using opened = new AsyncDisposableStack();
  const signal = abortedBySignal(process);
  const open = async () => {
    const store = await openStore(config, { alone: false });
    opened.defer(() => store.close());
    return { images: imageSet(store), checkImage: imageChecker() };
  };
  const openBucket: OpenBucket = async (address) => {
    const objects = await s3Objects(address, { forcePathStyle: config.S3_FORCE_PATH_STYLE });
    opened.defer(() => objects.close());
    return objects;
  };
  const find = () => findSources(wanted.paths, { store: config.STORE_URL, openBucket });
  const refused = await importImages({
    starter: wanted.starter,
    removeStarter: wanted.removeStarter,
    find,
    open,
    out: process.stdout,
    signal,
    now: Date.now,
  });
  process.exitCode = signal.aborted ? BROKEN_OFF : refused ? REFUSED : 0;
}

type Wanted =
  | { starter: boolean; removeStarter: boolean; paths: string[] }
  | { help: true }
  | { mistake: string };

function readArguments(args: string[]): Wanted {
  try {
    const { values, positionals: paths } = parseArgs({ args, options, allowPositionals: true });
    const { starter = false, "remove-starter": removeStarter = false, help = false } = values;
    if (help) return { help };
    if (starter && removeStarter) return { mistake: "--starter and --remove-starter do not go together." };
    if (!starter && !removeStarter && paths.length === 0) return { mistake: "Nothing to add." };
    return { starter, removeStarter, paths };
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) };
  }
}

await main().catch((error: unknown) => exitWithReason(error, process));
