import { randomUUID } from "node:crypto";
import { printable, printableLines } from "../../platform/printable.ts";
import type { JobSender } from "../../queue/queue.ts";
import type { ReplyReceiver } from "../../queue/reply.ts";
import { readArguments } from "./arguments.ts";
import { askLines } from "./ask-lines.ts";
import { asker, type Outcome } from "./asker.ts";
import { describe, EXIT } from "./describe.ts";
import { lineReader, type Terminal, type TypedInput } from "./line-reader.ts";
import { ACCEPTED, readRequest, type StatsRequest } from "./read-request.ts";

const USAGE = `Usage: npm run client -- [--timeout SECONDS] [NUMBER…]

Sends 1 to 10 numbers through the queue that QUEUE_URL names, as /stats does, and prints a worker's answer. Without
numbers it reads requests from its input, one a line, and prints each answer when it comes.

  --timeout SECONDS  how long to wait for each answer: 1 to 900, default 30
  --help             this text

With SQS, REPLY_QUEUE_URL names another queue, over which the workers reply; they need it, too. Redis needs no setting.

Exit code: of the worst that happened: 0 when all was answered, 1 when something was refused or failed, 3 when an answer
did not come in time; 130 when interrupted.
`;

/** Milliseconds between a failed receive and the next try. */
const RECEIVE_PAUSE_MS = 1_000;

export interface Queues {
  engine: "sqs" | "bullmq";
  jobs: JobSender;
  replies: ReplyReceiver;
}

interface Host {
  stdin: TypedInput;
  stdout: { write(text: string): unknown };
  stderr: Terminal;
  /**
   * Called when a queue is needed, so wrong arguments are reported first.
   * @param client the id of this client
   * @param opened where to register what has to be closed
   */
  openQueues: (client: string, opened: AsyncDisposableStack) => Promise<Queues>;
  /** Ctrl+C, while a line is edited. */
  onInterrupt: () => void;
}

/**
 * The whole command, for a process or for a test.
 * @returns the exit code
 * @throws what `openQueues` throws
 */
export async function runClient(args: readonly string[], host: Host): Promise<number> {
  // Replies and errors may hold text from others: escape control characters.
  const out = (text: string): unknown => host.stdout.write(printableLines(text));
  const err = (text: string): unknown => host.stderr.write(printableLines(text));
  const wanted = readArguments(args);
  if ("help" in wanted) {
    out(USAGE);
    return EXIT.answered;
  }
  if ("mistake" in wanted) {
    err(`${wanted.mistake}\n\n${USAGE}`);
    return EXIT.failed;
  }
  const { request, timeout } = wanted;
  if (request === undefined) return connected(host, timeout, (parts) => askAll(parts, host));
  const read = readRequest(request);
  if ("request" in read)
    return connected(host, timeout, async ({ ask, describe }) => {
      const { text, code } = describe(await ask(read));
      (code === EXIT.answered ? out : err)(`${text}\n`);
      return code;
    });
  err(["These numbers cannot be taken; nothing was queued.", ...read.faults, ACCEPTED, ""].join("\n"));
  return EXIT.failed;
}

interface Parts {
  ask: (request: StatsRequest) => Promise<Outcome>;
  describe: (outcome: Outcome) => { text: string; code: number };
}

/** @param timeout seconds */
async function connected(
  { openQueues, stderr }: Host,
  timeout: number,
  use: (parts: Parts) => Promise<number>,
): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const client = randomUUID();
  const { engine, jobs, replies } = await openQueues(client, opened);
  const asking = asker({
    jobs,
    replies,
    client,
    timeout: timeout * 1_000,
    pause: RECEIVE_PAUSE_MS,
    random: Math.random,
    now: Date.now,
    onTrouble: (reason) =>
      stderr.write(printableLines(`Answers cannot be received (${reason}); trying again.\n`)),
  });
  opened.defer(() => asking.close());
  const circumstances = { timeout, engine };
  // Awaited here: what was opened is closed after it.
  return await use({ ask: asking.ask, describe: (outcome) => describe(outcome, circumstances) });
}

function askAll(parts: Parts, { stdin, stdout, stderr, onInterrupt }: Host): Promise<number> {
  const { lines, write } = lineReader({ input: stdin, terminal: stderr, onInterrupt });
  return askLines(lines, {
    ...parts,
    out: (line) => write(`${printable(line)}\n`, stdout),
    err: (line) => write(`${printable(line)}\n`, stderr),
  });
}
