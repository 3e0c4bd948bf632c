import { randomUUID } from "node:crypto";
import { createLog } from "../../platform/log.ts";
import { printable, printableLines } from "../../platform/safe-text.ts";
import type { ClientConfig } from "../../process/read-config.ts";
import { openReplyReceiver, openSender } from "../../queue/open-queue.ts";
import { REPLY_RETENTION_SECONDS } from "../../queue/reply.ts";
import type { Output } from "../progress-bar.ts";
import { UsageError, type Command } from "../run-command.ts";
import { askLines, lineReader, type Terminal, type TypedInput } from "./ask-lines.ts";
import { asker, EXIT } from "./asker.ts";
import { ACCEPTED, readRequest } from "./read-request.ts";

const USAGE = `Usage: npm run client -- [--timeout SECONDS] [NUMBER…]

Sends 1 to 10 numbers through the queue that QUEUE_URL names, as /stats does, and prints the worker's answer. Without numbers,
it reads one request per line from its input and prints each answer when it comes.

  --timeout SECONDS  how long to wait for each answer: 1 to 900, default 30
  --help             print this text
  --version          print the version

Settings: QUEUE_URL and, with SQS, REPLY_QUEUE_URL: a second queue for the replies, which the workers need as well
(docs/configuration.md).

Exit code: 0 when all requests were answered, 1 when one was refused or failed, 3 when an answer did not come in time; 130 after
Ctrl+C. With several requests the worst outcome decides.
`;

const DEFAULT_TIMEOUT_SECONDS = 30;
/** Time between a failed receive and the next try. */
const RECEIVE_PAUSE_MS = 1_000;

interface Host {
  stdin: TypedInput;
  stdout: Output;
  stderr: Terminal;
  /** Reads the addresses of the queues. Called only when the numbers are accepted, so that mistakes in the numbers are reported first. */
  readConfig: () => ClientConfig;
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
  // Arguments such as `-3` and `-x` belong to the request, which says what is wrong with them.
  isOption: (arg) => /^--[a-z]/i.test(arg),
  parse({ values: { timeout = String(DEFAULT_TIMEOUT_SECONDS) }, positionals }) {
    const seconds = /^\d{1,4}$/.test(timeout) ? Number(timeout) : 0;
    if (seconds < 1 || seconds > REPLY_RETENTION_SECONDS)
      throw new UsageError(`--timeout takes whole seconds from 1 to ${REPLY_RETENTION_SECONDS}.`);
    return { timeout: seconds, request: positionals.length === 0 ? undefined : positionals.join(" ") };
  },
};

/**
 * Sends requests and prints their answers.
 * @returns the exit code
 * @throws StartError when a queue cannot be used; what `readConfig` throws
 */
export async function runClient({ request, timeout }: StatsQuery, host: Host): Promise<number> {
  const { stdin, stdout, stderr, readConfig, onInterrupt } = host;
  // Replies and errors may hold text from others: escape control characters.
  const err = (text: string): unknown => stderr.write(printableLines(text));
  const read = request === undefined ? undefined : readRequest(request);
  if (read !== undefined && "problems" in read) {
    err(["These numbers are not accepted; nothing was sent.", ...read.problems, ACCEPTED, ""].join("\n"));
    return EXIT.failed;
  }

  const config = readConfig();
  const log = createLog({ level: "warn", out: stderr });
  const client = randomUUID();
  await using opened = new AsyncDisposableStack();
  const jobs = await openSender(config.jobs, { log });
  opened.defer(() => jobs.close());
  const replies = await openReplyReceiver(config.replies, client, { log });
  opened.defer(() => replies.close());
  const { ask, close } = asker({
    engine: config.jobs.engine,
    jobs,
    replies,
    client,
    timeout,
    pause: RECEIVE_PAUSE_MS,
    random: Math.random,
    now: Date.now,
    onFailing: (reason) => err(`Cannot receive answers (${reason}); trying again.\n`),
  });
  opened.defer(close);

  if (read !== undefined) {
    const { text, code } = await ask(read);
    (code === EXIT.answered ? stdout : stderr).write(`${printableLines(text)}\n`);
    return code;
  }
  const { lines, write } = lineReader(stdin, stderr, onInterrupt);
  return await askLines(lines, {
    ask,
    out: (line) => write(`${printable(line)}\n`, stdout),
    err: (line) => write(`${printable(line)}\n`, stderr),
  });
}
