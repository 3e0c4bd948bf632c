import { addImages, type ImportContext, type ImportOutcome } from "./add-images.ts";
import { addStarter, removeStarter } from "./starter-images.ts";
import { printable } from "../../platform/safe-text.ts";
import { progressBar, type Out } from "../progress-bar.ts";
import type { FoundSources, Source } from "./source.ts";

interface Options {
  starter: boolean;
  removeStarter: boolean;
  find: () => Promise<FoundSources>;
  /** Opens the set. Called only when everything that was named was found. */
  open: () => Promise<ImportContext>;
  out: Out;
  signal: AbortSignal;
  now: () => number;
}

const COLUMN = { added: "added        ", present: "already there", refused: "refused      " } as const;

/**
 * Adds and removes images as asked. Prints a line for each and a summary, also after an interruption or a failure of the store.
 * @returns whether any image was refused
 * @throws StartError when what was named cannot be read; Error of the store
 */
export async function importImages({ open, out, ...options }: Options): Promise<boolean> {
  const { sources, skipped } = await options.find();
  const context = await open();
  const total = createSummary(skipped);
  try {
    if (options.starter) await importStarter(context, total, { out, ...options });
    await importSources(sources, context, total, { out, ...options });
    if (options.removeStarter || replacesStarter(options, total)) await removeStarterImages(context, out);
  } finally {
    out.write(`${String(total)}\n`);
  }
  return total.refused > 0;
}

/** Whether real images replace the drawings, which are not to stay among them unless somebody asks for both. */
function replacesStarter(
  { starter, signal }: Pick<Options, "starter" | "signal">,
  { own }: Summary,
): boolean {
  return !starter && !signal.aborted && own > 0;
}

async function removeStarterImages({ images }: ImportContext, out: Out): Promise<void> {
  const removed = await removeStarter(images);
  if (removed > 0)
    out.write(`${removed} starter images were removed from the set; --starter adds them again\n`);
}

async function importStarter(
  { images }: ImportContext,
  total: Summary,
  { out, signal }: Pick<Options, "out" | "signal">,
): Promise<void> {
  const done = ({ shows }: { shows: string }, isNew: boolean): void => {
    const outcome: ImportOutcome = { became: isNew ? "added" : "present" };
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
  const bar = progressBar(sources.length, { out, now });
  const done = (name: string, outcome: ImportOutcome): void => {
    total.count(name, outcome);
    bar.step(lineOf(name, outcome));
  };
  try {
    await addImages(sources, { ...context, signal, done });
  } finally {
    bar.end();
  }
}

function lineOf(name: string, { became }: ImportOutcome): string {
  return `${COLUMN[became]}  ${printable(name)}\n`;
}

interface Summary {
  count(name: string, outcome: ImportOutcome): void;
  readonly refused: number;
  /** Images that are in the set now, whether this import added them or not. */
  readonly own: number;
  toString(): string;
}

/** Counts what was done, and lists what was skipped and refused. */
function createSummary(skipped: FoundSources["skipped"]): Summary {
  const counts = { added: 0, present: 0, refused: 0 };
  const lines = skipped.map(({ name, reason }) => `skipped  ${printable(name)}: ${reason}`);
  return {
    count(name, outcome) {
      counts[outcome.became] += 1;
      if (outcome.became === "refused") lines.push(`refused  ${printable(name)}: ${outcome.reason}`);
    },
    get refused() {
      return counts.refused;
    },
    get own() {
      return counts.added + counts.present;
    },
    toString() {
      const { added, present, refused } = counts;
      return [...lines, `added ${added}, already there ${present}, refused ${refused}`].join("\n");
    },
  };
}
