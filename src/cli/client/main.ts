/** Asks for statistics without Discord: numbers → a job on the queue → the worker's answer. */
import { readClientConfig } from "../../process/read-config.ts";
import { runCommand } from "../run-command.ts";
import { clientCommand, runClient } from "./command.ts";

await runCommand(process, clientCommand, async (query, { loadEnvironment, interrupt }) => {
  const { stdin, stdout, stderr } = process;
  const readConfig = () => readClientConfig(loadEnvironment());
  return runClient(query, { stdin, stdout, stderr, readConfig, onInterrupt: interrupt });
});
