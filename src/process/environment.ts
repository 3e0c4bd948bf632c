import { readFileSync } from "node:fs";
import type { z } from "zod";
import { describeFileError } from "../platform/describe-error.ts";
import { StartError } from "../platform/start-error.ts";

/** The environment variables of a process. A blank one counts as absent. */
export type Environment = Record<string, string | undefined>;

/** Settings that may also be in a file, so that the environment does not show them. `<name>_FILE` holds the path of the file. */
export const SECRETS: ReadonlySet<string> = new Set(["DISCORD_TOKEN", "LABELER_SECRET"]);

/**
 * Reads settings from the environment, and secrets also from the files that it names.
 * @throws StartError that lists every mistake, one per line
 */
export function readEnvironment<Shape extends z.ZodObject>(
  shape: Shape,
  environment: Environment,
): z.infer<Shape> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const files = readSecretFiles(Object.keys(shape.shape), set);
  const values = { ...set, ...files.secrets };
  const { success, data, error } = shape.safeParse(values);
  if (success && files.mistakes.size === 0) return data;
  // A mistake about the file makes others about the same setting pointless.
  const issues = error?.issues.filter(({ path: [name] }) => !files.mistakes.has(String(name))) ?? [];
  const mistakes = issues.map(({ code, path: [name], message }) => {
    const variable = String(name) in files.secrets ? `${String(name)}_FILE` : String(name);
    return code === "custom" || String(name) in values ? `${variable} ${message}` : `${variable} is required`;
  });
  const lines = [...files.mistakes.values(), ...mistakes].map((mistake) => `  ${mistake}`);
  throw new StartError(`These settings are wrong:\n${lines.join("\n")}`);
}

interface SecretFiles {
  /** The content of each file, trimmed, by the name of the setting. */
  secrets: Environment;
  /** What is wrong with each file, as a sentence that starts with the variable, by the name of the setting. */
  mistakes: ReadonlyMap<string, string>;
}

/** @param set the variables that are not blank */
function readSecretFiles(names: readonly string[], set: Environment): SecretFiles {
  const secrets: Environment = {};
  const mistakes = new Map<string, string>();
  for (const name of names.filter((wanted) => SECRETS.has(wanted))) {
    const variable = `${name}_FILE`;
    const path = set[variable]?.trim();
    if (path === undefined) continue;
    if (set[name] !== undefined) {
      mistakes.set(name, `${variable} is set, and so is ${name}: set only one`);
      continue;
    }
    try {
      const text = readFileSync(path, "utf8").trim();
      if (text === "") mistakes.set(name, `${variable} names a file that is empty: ${path}`);
      else secrets[name] = text;
    } catch (error) {
      mistakes.set(name, `${variable} names a file that cannot be read: ${path} ${describeFileError(error)}`);
    }
  }
  return { secrets, mistakes };
}
