import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describeError, errorCode } from "../platform/describe-error.ts";
import { printable } from "../platform/safe-text.ts";
import { StartError } from "../platform/start-error.ts";
import type { Environment } from "./environment.ts";
import { settings } from "./settings.ts";

const FILE = ".env";
/** Letters that may be wrong, missing, added or swapped in a misspelled name. */
const MAX_TYPOS = 2;

/**
 * Adds what `.env` sets to the process's environment. Warns on standard error about names that look like misspelled settings.
 * Removes blank AWS variables, because the AWS SDK reads the environment itself and takes a blank one for a set one.
 * @throws StartError when `.env` cannot be read
 */
export function loadEnvironment(host: Pick<NodeJS.Process, "env" | "stderr">): Environment {
  // First, because a variable of the environment, even a blank one, wins over the file.
  dropBlankAws(host.env);
  const inFile = readFile();
  for (const [name, value] of Object.entries(inFile ?? {})) host.env[name] ??= value;
  dropBlankAws(host.env);
  for (const { name, meant } of findMisspelled(host.env)) {
    const where = inFile !== undefined && name in inFile ? ` in ${FILE}` : "";
    host.stderr.write(`unknown setting ${printable(name)}${where}; did you mean ${meant}?\n`);
  }
  return host.env;
}

/** Undefined when there is no such file. */
function readFile(): NodeJS.Dict<string> | undefined {
  try {
    return parseEnv(decode(readFileSync(FILE)));
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT") return undefined;
    const reason =
      code === "EISDIR"
        ? "is a folder, but must be a file with lines NAME=value. Docker creates such a folder when the file it should mount is missing"
        : `cannot be read: ${describeError(error)}`;
    throw new StartError(`${FILE} ${reason}.`, { cause: error });
  }
}

/** Editors and shells on Windows save UTF-16, or put a byte order mark before UTF-8. */
function decode(bytes: Buffer): string {
  const mark = bytes.toString("hex", 0, 2);
  const encoding = mark === "fffe" ? "utf-16le" : mark === "feff" ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

function dropBlankAws(environment: Environment): void {
  for (const [name, value = ""] of Object.entries(environment))
    if (name.startsWith("AWS_") && value.trim() === "") delete environment[name];
}

/** Names that are nearly those of settings which are not set. */
function findMisspelled(environment: Environment): { name: string; meant: string }[] {
  const known = Object.keys(settings);
  const missing = known.filter((name) => (environment[name] ?? "").trim() === "");
  return Object.keys(environment).flatMap((name) => {
    if (known.includes(name)) return [];
    const near = missing.filter((setting) => isMisspelling(name, setting, MAX_TYPOS));
    const meant = near.find((setting) => isMisspelling(name, setting, 1)) ?? near[0];
    return meant === undefined ? [] : [{ name, meant }];
  });
}

/**
 * Whether at most `typos` insertions, deletions, substitutions and swaps of neighbors turn one text into the other.
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance#Optimal_string_alignment_distance
 */
function isMisspelling(a: string, b: string, typos: number): boolean {
  if (a === b) return true;
  if (typos === 0) return false;
  if (a !== "" && a[0] === b[0]) return isMisspelling(a.slice(1), b.slice(1), typos);
  const isSwapped = a.length > 1 && a[0] === b[1] && a[1] === b[0];
  return (
    isMisspelling(a.slice(1), b, typos - 1) ||
    isMisspelling(a, b.slice(1), typos - 1) ||
    isMisspelling(a.slice(1), b.slice(1), typos - 1) ||
    (isSwapped && isMisspelling(a.slice(2), b.slice(2), typos - 1))
  );
}
