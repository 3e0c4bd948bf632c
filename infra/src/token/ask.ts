import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Reads the first line of the input. A terminal does not show what is typed. */
export async function ask(
  question: string,
  { stdin, stdout }: Pick<NodeJS.Process, "stdin" | "stdout">,
): Promise<string> {
  const terminal = stdin.isTTY;
  if (terminal) stdout.write(question);
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: hidden, terminal });
  try {
    for await (const line of lines) return line.trim();
    return "";
  } finally {
    lines.close();
    if (terminal) stdout.write("\n");
  }
}
