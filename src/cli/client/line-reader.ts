import { clearLine, createInterface, cursorTo } from "node:readline";
import type { Readable } from "node:stream";

export type TypedInput = Readable & { isTTY?: boolean };
export type Terminal = NodeJS.WritableStream & { isTTY?: boolean };

interface LineReader {
  lines: AsyncIterable<string>;
  /** Writes whole lines, so that one that is being typed stays whole, too. */
  write: (text: string, to: { write(text: string): unknown }) => void;
}

interface Parts {
  input: TypedInput;
  /** Where the prompt goes if this and the input are terminals. */
  terminal: Terminal;
  /** Ctrl+C, which is no signal while a line is edited. */
  onInterrupt: () => void;
}

/** Reads lines to the end of the input; to be iterated at once. */
export function lineReader({ input, terminal, onInterrupt }: Parts): LineReader {
  if (!input.isTTY || !terminal.isTTY) {
    return {
      lines: createInterface({ input, crlfDelay: Infinity }),
      write: (text, to) => void to.write(text),
    };
  }
  const reader = createInterface({ input, output: terminal, prompt: "> " });
  let ended = false;
  reader.on("SIGINT", onInterrupt).on("line", () => reader.prompt());
  reader.on("close", () => {
    ended = true;
    terminal.write("\n");
  });
  terminal.write("Numbers, such as 3 5 8, one request a line; Ctrl+D ends.\n");
  reader.prompt();
  return {
    lines: reader,
    write(text, to) {
      if (ended) return void to.write(text);
      clearLine(terminal, 0);
      cursorTo(terminal, 0);
      to.write(text);
      reader.prompt(true);
    },
  };
}
