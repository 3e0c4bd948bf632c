/** Adds images to the image set. */
import { imageChecker } from "../../images/check-image.ts";
import { readConfig } from "../../process/read-config.ts";
import { runCommand } from "../run-command.ts";
import { importCommand, runImport } from "./command.ts";

await runCommand(process, importCommand, async (imageImport, { loadEnvironment, signal }) => {
  const config = readConfig("import", loadEnvironment());
  const checkImage = imageChecker();
  return runImport(imageImport, {
    config,
    checkImage,
    out: process.stdout,
    signal,
    now: Date.now,
    random: Math.random,
  });
});
