import { clearLine, createInterface, cursorTo } from "node:readline";
import type { Readable } from "node:stream";
import type { Output } from "../progress-bar.ts";
import { EXIT, type StatsAnswer } from "./asker.ts";
import { ACCEPTED, readRequest, type StatsRequest } from "./read-request.ts";

/** Requests that may wait for their answers at the same time. The next line is read when one is answered. */
const MAX_OUTSTANDING = 100;

interface Options {
  ask: (request: StatsRequest) => Promise<StatsAnswer>;
  /** Prints an answer: one line, without its end. */
  out: (line: string) => void;
  /** Prints what is wrong: one line, without its end. */
  err: (line: string) => void;
}

/**
 * Sends the request in each line, and prints each answer when it comes. Skips blank lines.
 * @returns the exit code of the worst outcome; without any request a failure, because a script would take 0 for a working system
 */
export async function askLines(lines: AsyncIterable<string>, { ask, out, err }: Options): Promise<number> {
  const outstanding = new Set<Promise<void>>();
  let worst: number = EXIT.answered;
  let refused = false;
  let asked = false;
  let number = 0;

  async function printAnswer(request: StatsRequest): Promise<void> {
    const { text, code } = await ask(request);
    // An accepted request holds only numbers, separators and white space.
    (code === EXIT.answered ? out : err)(`${request.request.trim().replace(/\s+/gu, " ")}: ${text}`);
    worst = Math.max(worst, code);
  }

  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    asked = true;
    const read = readRequest(line);
    if ("problems" in read) {
      err(`line ${number}: ${read.problems.join(" ")}`);
      if (!refused) err(ACCEPTED);
      refused = true;
      worst = Math.max(worst, EXIT.failed);
      continue;
    }
    const printed = printAnswer(read);
    outstanding.add(printed);
    void printed.then(() => outstanding.delete(printed));
    if (outstanding.size >= MAX_OUTSTANDING) await Promise.race(outstanding);
  }
  await Promise.all(outstanding);
  if (asked) return worst;
  err("There was no request.");
  return EXIT.failed;
}

export type TypedInput = Readable & { isTTY?: boolean };
export type Terminal = NodeJS.WritableStream & { isTTY?: boolean };

interface LineReader {
  lines: AsyncIterable<string>;
  /** Writes whole lines, and keeps the line that is being typed intact. */
  write: (text: string, to: Output) => void;
}

/**
 * Reads lines until the input ends. Iterate it at once, or lines are lost.
 * @param terminal shows the prompt, if both this and the input are terminals
 * @param onInterrupt called at Ctrl+C, which sends no signal while a line is edited
 */
export function lineReader(input: TypedInput, terminal: Terminal, onInterrupt: () => void): LineReader {
  if (!input.isTTY || !terminal.isTTY) {
    const lines = createInterface({ input, crlfDelay: Infinity });
    return { lines, write: (text, to) => void to.write(text) };
  }
  const reader = createInterface({ input, output: terminal, prompt: "> " });
  let ended = false;
  reader.on("SIGINT", onInterrupt).on("line", () => reader.prompt());
  reader.on("close", () => {
    ended = true;
    terminal.write("\n");
  });
  terminal.write("Type numbers such as 3 5 8, one request per line. Ctrl+D ends.\n");
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
