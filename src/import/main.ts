/** Brings images into the image set. */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { readEnvironment } from "../environment.ts";
import { settings } from "../settings.ts";
import { exitWithReason, StartError } from "../start-error.ts";
import { diskStore } from "../store/disk.ts";
import { imageSet } from "../store/image-set.ts";
import { addStarter } from "./add-starter.ts";

const USAGE = `Usage: npm run import -- --starter

Adds images to the image set in the store that STORE_URL names.

  --starter  the 20 images to start with: 10 of hot dogs, 10 of other things
  --help     this text
`;

const options = { starter: { type: "boolean" }, help: { type: "boolean" } } as const;

async function main(): Promise<void> {
  const wanted = readArguments(process.argv.slice(2));
  if ("mistake" in wanted) {
    process.stderr.write(`${wanted.mistake}\n\n${USAGE}`);
    process.exitCode = 1;
    return;
  }
  if (wanted.help) return void process.stdout.write(USAGE);

  if (existsSync(".env")) process.loadEnvFile(".env");
  const { STORE_URL: folder } = readEnvironment(z.object({ STORE_URL: settings.STORE_URL }), process.env);
  const store = await diskStore(folder).catch((error: Error) => {
    throw new StartError(`The folder of STORE_URL cannot be used: ${error.message}`, { cause: error });
  });
  try {
    const { added, present } = await addStarter(imageSet(store), {
      done: ({ shows }, isNew) =>
        process.stdout.write(`${isNew ? "added        " : "already there"}  ${shows}\n`),
    });
    process.stdout.write(`added ${added}, already there ${present}\n`);
  } finally {
    await store.close();
  }
}

function readArguments(args: string[]): { help: boolean } | { mistake: string } {
  try {
    const { starter = false, help = false } = parseArgs({ args, options }).values;
    return starter || help ? { help } : { mistake: "Nothing to add." };
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) };
  }
}

await main().catch((error: unknown) => exitWithReason(error, process));
