import { readFileSync } from "node:fs";
import type { Environment } from "./environment.ts";
import { describeFileError } from "../platform/describe-error.ts";

/** Settings that may stand in a file, which `<name>_FILE` names, so that the environment does not show them. */
const IN_FILES: ReadonlySet<string> = new Set(["DISCORD_TOKEN", "LABELER_SECRET"]);

interface SecretFiles {
  /** What the files hold, without white space at both ends, by the name of the setting. */
  given: Environment;
  /** By the name of the setting: what is wrong, and of which variable. */
  mistakes: ReadonlyMap<string, string>;
}

/**
 * Reads those of these settings that stand in a file.
 * @param given what is set; blank means absent
 */
export function readSecretFiles(names: readonly string[], given: Environment): SecretFiles {
  const found: Environment = {};
  const mistakes = new Map<string, string>();
  for (const name of names.filter((wanted) => IN_FILES.has(wanted))) {
    const variable = `${name}_FILE`;
    const path = given[variable]?.trim();
    if (path === undefined) continue;
    const read =
      given[name] === undefined ? readSecret(path) : { mistake: `is set, and so is ${name}: set one` };
    if ("mistake" in read) mistakes.set(name, `${variable} ${read.mistake}`);
    else found[name] = read.text;
  }
  return { given: found, mistakes };
}

function readSecret(path: string): { text: string } | { mistake: string } {
  try {
    const text = readFileSync(path, "utf8").trim();
    return text === "" ? { mistake: `names a file that is empty: ${path}` } : { text };
  } catch (error) {
    return { mistake: `names a file that cannot be read: ${path} ${describeFileError(error)}` };
  }
}
