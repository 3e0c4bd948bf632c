/** Lists, moves and deletes projects. */
import { setTimeout } from "node:timers/promises";
import { openStore } from "../../object-store/open-store.ts";
import { readConfig } from "../../process/read-config.ts";
import { checkStoreFolder } from "../check-store-folder.ts";
import { runCommand } from "../run-command.ts";
import { projectsCommand, runProjects } from "./command.ts";

/** Workers cache projects for 30 s, and a press may take a few more. */
const SETTLE_MS = 45_000;

await runCommand(process, projectsCommand, async (action, { loadEnvironment }) => {
  const config = readConfig("projects", loadEnvironment());
  await checkStoreFolder(config.STORE_URL);
  const isList = action.action === "list";
  // A folder takes one process that changes objects. Without this lock, a worker could undo what is changed.
  const store = await openStore(config, { exclusive: !isList, access: isList ? "read" : "write" });
  const isShared = config.STORE_URL.engine === "s3";
  try {
    return await runProjects(action, {
      store,
      stdin: process.stdin,
      out: process.stdout,
      err: process.stderr,
      now: Date.now,
      random: Math.random,
      async settle(closedAt) {
        const remaining = closedAt + SETTLE_MS - Date.now();
        if (!isShared || remaining <= 0) return;
        process.stdout.write("Waiting up to 45 seconds until all workers know that the project is closed…\n");
        await setTimeout(remaining);
      },
    });
  } finally {
    await store.close();
  }
});
