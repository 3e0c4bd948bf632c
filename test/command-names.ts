import { commands } from "../src/commands/index.ts";

/** The names of all commands as people see them, in the order of `commands`: "/stats", or "Add to image set" in a menu. */
export const COMMAND_NAMES: readonly string[] = [
  ...commands.slash.map(({ data }) => `/${data.name}`),
  ...commands.message.map(({ data }) => data.name),
];
