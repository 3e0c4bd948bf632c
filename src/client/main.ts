/** A client without Discord: numbers → a job on the queue → the worker's answer. */
import { randomUUID } from "node:crypto";
import { endWithReader } from "../end-with-reader.ts";
import { createLog } from "../log.ts";
import { loadEnvironment } from "../load-environment.ts";
import { openReplyReceiver, openSender } from "../open-queue.ts";
import { printable, printableLines } from "../printable.ts";
import { exitWithReason } from "../start-error.ts";
import { readArguments } from "./arguments.ts";
import { askLines } from "./ask-lines.ts";
import { asker, type Outcome } from "./asker.ts";
import { readConfig } from "./config.ts";
import { describe, EXIT } from "./describe.ts";
import { lineReader } from "./line-reader.ts";
import { ACCEPTED, readRequest, type StatsRequest } from "./read-request.ts";

const USAGE = `Usage: npm run client -- [--timeout SECONDS] [NUMBER…]

Sends 1 to 10 numbers through the queue that QUEUE_URL names, as /stats does, and prints a worker's answer. Without
numbers it reads requests from its input, one a line, and prints each answer when it comes.

  --timeout SECONDS  how long to wait for each answer: 1 to 900, 30 unless told
  --help             this text

With SQS, REPLY_QUEUE_URL names another queue, over which the workers reply; they need it, too. Redis needs no setting.

Exit code: of the worst that happened: 0 when all was answered, 1 when something was refused or failed, 3 when an answer
did not come in time; 130 when it was broken off.
`;

const INTERRUPTED = 130;

// Some of it others have written: whoever may write to the queue, and what it is made of.
const out = (text: string): unknown => process.stdout.write(printableLines(text));
const err = (text: string): unknown => process.stderr.write(printableLines(text));
const interrupt = (): never => process.exit(INTERRUPTED);

async function main(): Promise<number> {
  endWithReader(process);
  process.on("SIGINT", interrupt);
  const wanted = readArguments(process.argv.slice(2));
  if ("help" in wanted) {
    out(USAGE);
    return EXIT.answered;
  }
  if ("mistake" in wanted) {
    err(`${wanted.mistake}\n\n${USAGE}`);
    return EXIT.failed;
  }
  const { request, timeout } = wanted;
  if (request === undefined) return connected(timeout, askAll);
  const read = readRequest(request);
  if ("request" in read) return connected(timeout, (parts) => askOnce(read, parts));
  err(["These numbers cannot be taken; nothing was queued.", ...read.faults, ACCEPTED, ""].join("\n"));
  return EXIT.failed;
}

interface Parts {
  ask: (request: StatsRequest) => Promise<Outcome>;
  describe: (outcome: Outcome) => { text: string; code: number };
}

/** @param timeout seconds */
async function connected(timeout: number, use: (parts: Parts) => Promise<number>): Promise<number> {
  loadEnvironment(process);
  const config = readConfig(process.env);
  const log = createLog({ level: "warn", out: process.stderr });
  await using opened = new AsyncDisposableStack();
  const jobs = await openSender(config.jobs, { log });
  opened.defer(() => jobs.close());
  const client = randomUUID();
  const replies = await openReplyReceiver(config.replies, client, { log });
  opened.defer(() => replies.close());
  const asking = asker({
    jobs,
    replies,
    client,
    timeout: timeout * 1_000,
    random: Math.random,
    now: Date.now,
    onTrouble: (reason) => err(`Answers cannot be received (${reason}); trying again.\n`),
  });
  opened.defer(() => asking.close());
  const circumstances = { timeout, engine: config.jobs.engine };
  // Awaited here: what was opened is closed after it.
  return await use({ ask: asking.ask, describe: (outcome) => describe(outcome, circumstances) });
}

async function askOnce(read: StatsRequest, { ask, describe }: Parts): Promise<number> {
  const { text, code } = describe(await ask(read));
  (code === EXIT.answered ? out : err)(`${text}\n`);
  return code;
}

function askAll(parts: Parts): Promise<number> {
  const { lines, write } = lineReader({
    input: process.stdin,
    terminal: process.stderr,
    onInterrupt: interrupt,
  });
  return askLines(lines, {
    ...parts,
    out: (line) => write(`${printable(line)}\n`, process.stdout),
    err: (line) => write(`${printable(line)}\n`, process.stderr),
  });
}

process.exitCode = await main().catch((error: unknown) => exitWithReason(error, process));
