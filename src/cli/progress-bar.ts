/** Where the progress is shown; `columns` only where it is a terminal. */
export interface Out {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  /** One more is done; the line says what became of it. */
  step(line: string): void;
  /** Nothing of the bar is left. */
  end(): void;
}

const WIDEST_BAR = 40;
/** Columns that the numbers beside it may take. */
const NUMBERS = 30;
/** Milliseconds between two drawings. */
const PACE = 50;
const ERASE_LINE = "\r\u{1b}[K";

/**
 * A bar on a terminal, the lines elsewhere.
 * @param expected steps; where more come, as of a file that somebody appends to, they are the whole
 * @param now in milliseconds
 */
export function progress(expected: number, { out, now }: { out: Out; now: () => number }): Progress {
  let total = expected;
  let done = 0;
  let drawn = Number.NEGATIVE_INFINITY;

  function draw(): void {
    // Some terminals tell no width, or 0.
    const columns = out.columns === undefined || out.columns === 0 ? 80 : out.columns;
    const width = Math.max(0, Math.min(WIDEST_BAR, columns - NUMBERS));
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
      else if (done === total || now() - drawn >= PACE) draw();
    },
    end() {
      if (out.isTTY === true) out.write(ERASE_LINE);
    },
  };
}
