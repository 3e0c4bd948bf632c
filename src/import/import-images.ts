import { addFiles } from "./add-files.ts";
import type { ImportContext, Outcome } from "./add-file.ts";
import { addStarter } from "./add-starter.ts";
import { findFiles } from "./find-files.ts";
import { printable } from "./printable.ts";
import { progress, type Out } from "./progress.ts";
import { summary, type Summary } from "./summary.ts";

interface Options {
  starter: boolean;
  paths: readonly string[];
  /** Opens the set; not called before it is known that all paths are there. */
  open: () => Promise<ImportContext>;
  out: Out;
  signal: AbortSignal;
  now: () => number;
}

const COLUMN = { added: "added        ", present: "already there", refused: "refused      " } as const;

/**
 * Adds what is wanted, and tells of each file and, in the end, of all; also when it is broken off or the store fails.
 * @returns whether any file was refused
 * @throws StartError when a path cannot be read; Error of the store
 */
export async function importImages({ open, out, ...wanted }: Options): Promise<boolean> {
  const { files, skipped } = await findFiles(wanted.paths);
  const context = await open();
  const total = summary(skipped);
  try {
    if (wanted.starter) await importStarter(context, total, { out, ...wanted });
    await importFiles(files, context, total, { out, ...wanted });
  } finally {
    out.write(`${String(total)}\n`);
  }
  return total.refused > 0;
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

async function importFiles(
  files: readonly string[],
  context: ImportContext,
  total: Summary,
  { out, signal, now }: Pick<Options, "out" | "signal" | "now">,
): Promise<void> {
  const bar = progress(files.length, { out, now });
  const done = (path: string, outcome: Outcome): void => {
    total.count(path, outcome);
    bar.step(lineOf(path, outcome));
  };
  try {
    await addFiles(files, { ...context, signal, done });
  } finally {
    bar.end();
  }
}

function lineOf(name: string, { became }: Outcome): string {
  return `${COLUMN[became]}  ${printable(name)}\n`;
}
