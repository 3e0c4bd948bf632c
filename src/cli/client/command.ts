import { randomUUID } from "node:crypto";
import { printable, printableLines } from "../../platform/safe-text.ts";
import type { JobSender } from "../../queue/queue.ts";
import { REPLY_RETENTION_SECONDS, type ReplyReceiver } from "../../queue/reply.ts";
import { UsageError, type Command } from "../run-command.ts";
import { askLines, lineReader, type Terminal, type TypedInput } from "./ask-lines.ts";
import { asker, describeOutcome, EXIT, type RequestOutcome } from "./asker.ts";
import { ACCEPTED, readRequest, type StatsRequest } from "./read-request.ts";

const USAGE = `Usage: npm run client -- [--timeout SECONDS] [NUMBER…]

Sends 1 to 10 numbers through the queue that QUEUE_URL names, as /stats does, and prints the worker's answer. Without numbers,
it reads one request per line from its input and prints each answer when it comes.

  --timeout SECONDS  how long to wait for each answer: 1 to 900, default 30
  --help             print this text

Settings: QUEUE_URL and, with SQS, REPLY_QUEUE_URL: a second queue for the replies, which the workers need as well
(docs/configuration.md).

Exit code: that of the worst outcome: 0 when all requests were answered, 1 when one was refused or failed, 3 when an answer did
not come in time; 130 after Ctrl+C.
`;

const DEFAULT_TIMEOUT = 30;
/** Milliseconds between a failed receive and the next try. */
const RECEIVE_PAUSE_MS = 1_000;

interface Queues {
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
   * @param opened closes what was opened
   */
  openQueues: (client: string, opened: AsyncDisposableStack) => Promise<Queues>;
  /** Called at Ctrl+C while a line is edited. */
  onInterrupt: () => void;
}

interface StatsQuery {
  /** Seconds. */
  timeout: number;
  /** The numbers as typed; undefined to read one request per line. */
  request: string | undefined;
}

const options = { timeout: { type: "string" } } as const;

export const clientCommand: Command<typeof options, StatsQuery> = {
  usage: USAGE,
  options,
  takesPositionals: true,
  // `-3` is a number, and what is wrong with `-x` is said as of any number.
  isOption: (arg) => /^--[a-z]/i.test(arg),
  parse({ values: { timeout = String(DEFAULT_TIMEOUT) }, positionals }) {
    const seconds = /^\d{1,4}$/.test(timeout) ? Number(timeout) : 0;
    if (seconds < 1 || seconds > REPLY_RETENTION_SECONDS)
      throw new UsageError(`--timeout takes whole seconds from 1 to ${REPLY_RETENTION_SECONDS}.`);
    return { timeout: seconds, request: positionals.length === 0 ? undefined : positionals.join(" ") };
  },
};

/**
 * Sends requests and prints their answers.
 * @returns the exit code
 * @throws what `openQueues` throws
 */
export async function runClient({ request, timeout }: StatsQuery, host: Host): Promise<number> {
  // Replies and errors may hold text from others: escape control characters.
  const out = (text: string): unknown => host.stdout.write(printableLines(text));
  const err = (text: string): unknown => host.stderr.write(printableLines(text));
  if (request === undefined) return withQueues(host, timeout, (parts) => askAll(parts, host));
  const read = readRequest(request);
  if ("request" in read)
    return withQueues(host, timeout, async ({ ask, describe }) => {
      const { text, code } = describe(await ask(read));
      (code === EXIT.answered ? out : err)(`${text}\n`);
      return code;
    });
  err(["These numbers are not accepted; nothing was sent.", ...read.faults, ACCEPTED, ""].join("\n"));
  return EXIT.failed;
}

interface Parts {
  ask: (request: StatsRequest) => Promise<RequestOutcome>;
  describe: (outcome: RequestOutcome) => { text: string; code: number };
}

/** Opens the queues, lets `use` send requests, and closes them. @param timeout seconds */
async function withQueues(
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
    onFailing: (reason) =>
      stderr.write(printableLines(`Cannot receive answers (${reason}); trying again.\n`)),
  });
  opened.defer(() => asking.close());
  const circumstances = { timeout, engine };
  // Awaited here: what was opened is closed after it.
  return await use({ ask: asking.ask, describe: (outcome) => describeOutcome(outcome, circumstances) });
}

function askAll(parts: Parts, { stdin, stdout, stderr, onInterrupt }: Host): Promise<number> {
  const { lines, write } = lineReader({ input: stdin, terminal: stderr, onInterrupt });
  return askLines(lines, {
    ...parts,
    out: (line) => write(`${printable(line)}\n`, stdout),
    err: (line) => write(`${printable(line)}\n`, stderr),
  });
}
