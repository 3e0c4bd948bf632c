/** The standard output or error. */
export interface Output {
  isTTY?: boolean;
  /** Width of the terminal. */
  columns?: number;
  write(text: string): unknown;
}

interface ProgressBar {
  /** Counts one more step; the line says what was done. */
  step(line: string): void;
  /** Erases the bar. */
  end(): void;
}

const MAX_COLUMNS = 40;
/** Columns for the numbers beside the bar. */
const NUMBER_COLUMNS = 30;
const REDRAW_INTERVAL_MS = 50;
const ERASE_LINE = "\r\u{1b}[K";

/**
 * Shows progress: as a bar on a terminal, as lines elsewhere.
 * @param expected number of steps; grows when more come, for example because somebody appends to a file meanwhile
 * @param now milliseconds
 */
export function progressBar(expected: number, { out, now }: { out: Output; now: () => number }): ProgressBar {
  let total = expected;
  let done = 0;
  let drawn = Number.NEGATIVE_INFINITY;

  function draw(): void {
    // Some terminals report no width, or 0.
    const columns = out.columns === undefined || out.columns === 0 ? 80 : out.columns;
    const width = Math.max(0, Math.min(MAX_COLUMNS, columns - NUMBER_COLUMNS));
    const filled = Math.round((done / total) * width);
    const bar = `${"█".repeat(filled)}${"░".repeat(width - filled)}`;
    out.write(`${ERASE_LINE}${bar} ${done} of ${total}, ${Math.floor((done / total) * 100)} %`);
    drawn = now();
  }

  if (out.isTTY === true && total > 0) draw();
  return {
    step(line) {
      done += 1;
      total = Math.max(total, done);
      if (out.isTTY !== true) out.write(line);
      else if (done === total || now() - drawn >= REDRAW_INTERVAL_MS) draw();
    },
    end() {
      if (out.isTTY === true) out.write(ERASE_LINE);
    },
  };
}
