/** What an operator does about jobs that failed for good. */
import { endWithReader } from "../end-with-reader.ts";
import { loadEnvironment } from "../../process/load-environment.ts";
import { createLog } from "../../platform/log.ts";
import { openQueue } from "../../queue/open-queue.ts";
import { exitWithReason } from "../../platform/start-error.ts";
import { parseCommand } from "../parse-command.ts";
import { act } from "./act.ts";
import { readArguments } from "./arguments.ts";
import { readQueueAddress } from "./config.ts";

const USAGE = `Usage: npm run dead-letters -- list [--json] | retry [ID…] | drop ID…

Jobs that failed five times, or that no worker can read, are put aside in the queue that QUEUE_URL names.

  list    prints one line for each: its id, since when, the kind of job, the id that the person was told, and the reason
  retry   sends those with these ids, or all, anew: they have five attempts again
  drop    forgets those with these ids
  --json  list prints one JSON object a line
  --help  this text

Exit code: 0 when all was done, 1 when there is no dead letter of an id, and for everything else.
`;

async function main(): Promise<void> {
  endWithReader(process);
  const wanted = parseCommand(process, USAGE, readArguments);
  if (wanted === undefined) return;
  const address = readQueueAddress(loadEnvironment(process));
  const queue = await openQueue(address, { log: createLog({ level: "warn", out: process.stderr }) });
  try {
    const done = await act(wanted, queue, { out: process.stdout, err: process.stderr });
    process.exitCode = done ? 0 : 1;
  } finally {
    await queue.close();
  }
}

await main().catch((error: unknown) => exitWithReason(error, process));
