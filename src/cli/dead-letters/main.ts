/** Lists, retries and drops jobs that failed for good. */
import { createLog } from "../../platform/log.ts";
import { readDeadLetterQueue } from "../../process/read-config.ts";
import { openQueue } from "../../queue/open-queue.ts";
import { runCommand } from "../run-command.ts";
import { deadLettersCommand, runDeadLetters } from "./command.ts";

await runCommand(process, deadLettersCommand, async (action, { loadEnvironment }) => {
  const address = readDeadLetterQueue(loadEnvironment());
  const queue = await openQueue(address, { log: createLog({ level: "warn", out: process.stderr }) });
  try {
    return await runDeadLetters(action, queue, { out: process.stdout, err: process.stderr });
  } finally {
    await queue.close();
  }
});
