/** Asks for statistics without Discord: numbers → a job on the queue → the worker's answer. */
import { createLog } from "../../platform/log.ts";
import { readClientConfig } from "../../process/read-config.ts";
import { openReplyReceiver, openSender } from "../../queue/open-queue.ts";
import { runCommand } from "../run-command.ts";
import { clientCommand, runClient } from "./command.ts";

await runCommand(process, clientCommand, async (query, { loadEnvironment, interrupt }) => {
  const { stdin, stdout, stderr } = process;
  return runClient(query, {
    stdin,
    stdout,
    stderr,
    onInterrupt: interrupt,
    async openQueues(client, opened) {
      const config = readClientConfig(loadEnvironment());
      const log = createLog({ level: "warn", out: stderr });
      const jobs = await openSender(config.jobs, { log });
      opened.defer(() => jobs.close());
      const replies = await openReplyReceiver(config.replies, client, { log });
      opened.defer(() => replies.close());
      return { engine: config.jobs.engine, jobs, replies };
    },
  });
});
