import type { CheckImage } from "../../images/check-image.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import type { StoreAddress } from "../../object-store/store-address.ts";
import { HOTDOG_PREFIX, projectData } from "../../project/project.ts";
import type { Out } from "../progress-bar.ts";
import { INTERRUPTED, UsageError, type Command } from "../run-command.ts";
import type { ImportContext } from "./add-images.ts";
import { findSources, type OpenBucket } from "./find-sources.ts";
import { importImages } from "./import-images.ts";

const USAGE = `Usage: npm run import -- [--starter | --remove-starter] [PATH…]

Adds images to the image set in the store that STORE_URL names: JPEG, PNG, WebP, GIF, AVIF and TIFF files of up to 10 MiB and
50 megapixels. The bot may run at the same time. An import can be interrupted (Ctrl+C) and repeated: images that are in the set
are not added again.

  PATH              a file; a folder with everything in it, except hidden files and links that lead out of it; or
                    s3://BUCKET/PREFIX, all objects whose key begins with PREFIX, read with the AWS settings of the store
  --starter         add the 20 starter images: 10 hot dogs, 10 other things
  --remove-starter  remove these 20 from the set; their labels stay. Adding images of PATH without --starter removes them, too
  --help            print this text

Settings: STORE_URL, S3_FORCE_PATH_STYLE, AWS_… (docs/configuration.md).

Exit code: 0 when no file was refused, 2 when some were, 130 after Ctrl+C, 1 after any error.
`;

/** Exit code when some images were refused. */
const REFUSED = 2;

interface ImageImport {
  starter: boolean;
  removeStarter: boolean;
  /** Files, folders and addresses on S3. */
  paths: string[];
}

const options = { starter: { type: "boolean" }, "remove-starter": { type: "boolean" } } as const;

export const importCommand: Command<typeof options, ImageImport> = {
  usage: USAGE,
  options,
  takesPositionals: true,
  parse({ values: { starter = false, "remove-starter": removeStarter = false }, positionals: paths }) {
    if (starter && removeStarter) throw new UsageError("--starter and --remove-starter exclude each other.");
    if (!starter && !removeStarter && paths.length === 0) throw new UsageError("There is nothing to add.");
    return { starter, removeStarter, paths };
  },
};

interface Options {
  /** The store that the images go to. */
  address: StoreAddress;
  /** Opens the store. Called only when every named path was found. */
  open: () => Promise<ObjectStore>;
  /** Opens a bucket that was named. */
  openBucket: OpenBucket;
  checkImage: CheckImage;
  out: Out;
  /** No new image is started after it is aborted. */
  signal: AbortSignal;
  now: () => number;
}

/**
 * Imports what the arguments name into a store.
 * @returns the exit code
 * @throws StartError when what was named cannot be read, or the store cannot be used; Error of the store
 */
export async function runImport(
  { starter, removeStarter, paths }: ImageImport,
  { address, checkImage, out, signal, now, ...options }: Options,
): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const open = async (): Promise<ImportContext> => {
    const store = await options.open();
    opened.defer(() => store.close());
    return { images: projectData(store, HOTDOG_PREFIX).images, checkImage };
  };
  const openBucket: OpenBucket = async (named) => {
    const objects = await options.openBucket(named);
    opened.defer(() => objects.close());
    return objects;
  };
  const find = () => findSources(paths, { store: address, openBucket });
  const refused = await importImages({ starter, removeStarter, find, open, out, signal, now });
  if (signal.aborted) return INTERRUPTED;
  return refused ? REFUSED : 0;
}
