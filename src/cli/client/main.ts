/** A client without Discord: numbers → a job on the queue → the worker's answer. */
import { endWithReader } from "../end-with-reader.ts";
import { loadEnvironment } from "../../process/load-environment.ts";
import { createLog } from "../../platform/log.ts";
import { openReplyReceiver, openSender } from "../../queue/open-queue.ts";
import { exitWithReason } from "../../platform/start-error.ts";
import { readConfig } from "./config.ts";
import { runClient, type Queues } from "./run-client.ts";

const INTERRUPTED = 130;

const interrupt = (): never => process.exit(INTERRUPTED);

async function openQueues(client: string, opened: AsyncDisposableStack): Promise<Queues> {
  const config = readConfig(loadEnvironment(process));
  const log = createLog({ level: "warn", out: process.stderr });
  const jobs = await openSender(config.jobs, { log });
  opened.defer(() => jobs.close());
  const replies = await openReplyReceiver(config.replies, client, { log });
  opened.defer(() => replies.close());
  return { engine: config.jobs.engine, jobs, replies };
}

async function main(): Promise<number> {
  endWithReader(process);
  process.on("SIGINT", interrupt);
  const { stdin, stdout, stderr } = process;
  return runClient(process.argv.slice(2), { stdin, stdout, stderr, onInterrupt: interrupt, openQueues });
}

process.exitCode = await main().catch((error: unknown) => exitWithReason(error, process));
