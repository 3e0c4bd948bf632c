import type { ImportContext, Outcome } from "./add-image.ts";
import { addImages } from "./add-images.ts";
import { addStarter, removeStarter } from "./starter-images.ts";
import { printable } from "../../platform/printable.ts";
import { progress, type Out } from "../progress-bar.ts";
import type { Found, Source } from "./source.ts";
import { summary, type Summary } from "./summary.ts";

interface Options {
  starter: boolean;
  removeStarter: boolean;
  find: () => Promise<Found>;
  /** Opens the set; not called before all that was named is found. */
  open: () => Promise<ImportContext>;
  out: Out;
  signal: AbortSignal;
  now: () => number;
}

const COLUMN = { added: "added        ", present: "already there", refused: "refused      " } as const;

/**
 * Adds what is wanted, and tells of each and, in the end, of all; also when it is broken off or the store fails.
 * @returns whether any was refused
 * @throws StartError when what was named cannot be read; Error of the store
 */
export async function importImages({ open, out, ...wanted }: Options): Promise<boolean> {
  const { sources, skipped } = await wanted.find();
  const context = await open();
  const total = summary(skipped);
  try {
    if (wanted.starter) await importStarter(context, total, { out, ...wanted });
    await importSources(sources, context, total, { out, ...wanted });
    if (wanted.removeStarter || isReplaced(wanted, total)) await takeStarterOut(context, out);
  } finally {
    out.write(`${String(total)}\n`);
  }
  return total.refused > 0;
}

/** Drawings are not to stay among real images, unless somebody asks for both. */
function isReplaced({ starter, signal }: Pick<Options, "starter" | "signal">, { own }: Summary): boolean {
  return !starter && !signal.aborted && own > 0;
}

async function takeStarterOut({ images }: ImportContext, out: Out): Promise<void> {
  const removed = await removeStarter(images);
  if (removed > 0)
    out.write(`${removed} images to start with were taken out of the set; --starter brings them back\n`);
}

async function importStarter(
  { images }: ImportContext,
  total: Summary,
  { out, signal }: Pick<Options, "out" | "signal">,
): Promise<void> {
  const done = ({ shows }: { shows: string }, isNew: boolean): void => {
    const outcome: Outcome = { became: isNew ? "added" : "present" };
    total.count(shows, outcome);
    out.write(lineOf(shows, outcome));
  };
  await addStarter(images, { done, signal });
}

async function importSources(
  sources: readonly Source[],
  context: ImportContext,
  total: Summary,
  { out, signal, now }: Pick<Options, "out" | "signal" | "now">,
): Promise<void> {
  const bar = progress(sources.length, { out, now });
  const done = (name: string, outcome: Outcome): void => {
    total.count(name, outcome);
    bar.step(lineOf(name, outcome));
  };
  try {
    await addImages(sources, { ...context, signal, done });
  } finally {
    bar.end();
  }
}

function lineOf(name: string, { became }: Outcome): string {
  return `${COLUMN[became]}  ${printable(name)}\n`;
}
