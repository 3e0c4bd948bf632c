/** Publishes the bot's commands on Discord. */
import { readConfig } from "../../process/read-config.ts";
import { runCommand } from "../run-command.ts";
import { registerCommand, runRegister } from "./command.ts";

await runCommand(process, registerCommand, async (registration, { loadEnvironment }) => {
  const { DISCORD_TOKEN: token, DISCORD_API: api } = readConfig("register", loadEnvironment());
  await runRegister(registration, { token, api, out: process.stdout });
});
