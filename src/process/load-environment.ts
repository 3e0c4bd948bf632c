import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { Environment } from "./environment.ts";
import { nearest } from "../platform/nearest.ts";
import { printable } from "../platform/printable.ts";
import { settings } from "./settings.ts";
import { StartError } from "../platform/start-error.ts";
import { describeError, errorCode } from "../platform/describe-error.ts";

const FILE = ".env";

/**
 * The process's environment with what `.env` adds to it. Names that are nearly those of settings are told on the standard
 * error. The AWS SDK reads the environment by itself and takes a blank setting for one that is set: those are taken out.
 * @throws StartError when `.env` cannot be read
 */
export function loadEnvironment(host: Pick<NodeJS.Process, "env" | "stderr">): Environment {
  // First, since what is in the environment, be it blank, is not replaced by what is in the file.
  dropBlankAws(host.env);
  const inFile = readFile();
  for (const [name, value] of Object.entries(inFile ?? {})) host.env[name] ??= value;
  dropBlankAws(host.env);
  for (const { name, meant } of misspelledIn(host.env)) {
    const where = inFile !== undefined && name in inFile ? ` in ${FILE}` : "";
    host.stderr.write(`unknown setting ${printable(name)}${where}; did you mean ${meant}?\n`);
  }
  return host.env;
}

/** undefined when there is none */
function readFile(): NodeJS.Dict<string> | undefined {
  try {
    return parseEnv(decode(readFileSync(FILE)));
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT") return undefined;
    const reason =
      code === "EISDIR"
        ? "is a folder, and must be a file with lines NAME=value. Docker makes such a folder where a file that it is to mount is missing"
        : `cannot be read: ${describeError(error)}`;
    throw new StartError(`${FILE} ${reason}.`, { cause: error });
  }
}

/** Editors and shells on Windows save UTF-16, or put a mark before UTF-8. */
function decode(bytes: Buffer): string {
  const mark = bytes.toString("hex", 0, 2);
  const encoding = mark === "fffe" ? "utf-16le" : mark === "feff" ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/** Only where the setting itself is not set: then somebody may wonder why. */
function misspelledIn(environment: Environment): { name: string; meant: string }[] {
  const known = Object.keys(settings);
  const missing = known.filter((name) => (environment[name] ?? "").trim() === "");
  return Object.keys(environment).flatMap((name) => {
    const meant = known.includes(name) ? undefined : nearest(name, missing);
    return meant === undefined ? [] : [{ name, meant }];
  });
}

function dropBlankAws(environment: Environment): void {
  for (const [name, value = ""] of Object.entries(environment))
    if (name.startsWith("AWS_") && value.trim() === "") delete environment[name];
}
