/** Exports the labels in the format of another tool. */
import { openStore } from "../../object-store/open-store.ts";
import { readConfig } from "../../process/read-config.ts";
import { runCommand } from "../run-command.ts";
import { exportCommand, runExport } from "./command.ts";

await runCommand(process, exportCommand, async (labelExport, { loadEnvironment, signal }) => {
  const config = readConfig("export", loadEnvironment());
  const { stdout, stderr } = process;
  const open = () => openStore(config, { exclusive: false, access: "read" });
  return runExport(labelExport, {
    address: config.STORE_URL,
    hotdogsSettleAt: config.HOTDOG_SETTLE,
    open,
    stdout,
    stderr,
    signal,
    now: Date.now,
  });
});
