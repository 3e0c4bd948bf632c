import type { z } from "zod";
import { readSecretFiles } from "./secret-files.ts";
import { StartError } from "../platform/start-error.ts";

/** A process's environment. Blank means absent. */
export type Environment = Record<string, string | undefined>;

/**
 * Reads settings from the environment, and those that may from the files that it names.
 * @throws StartError that names every mistake, one a line
 */
export function readEnvironment<Shape extends z.ZodObject>(
  shape: Shape,
  environment: Environment,
): z.infer<Shape> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const files = readSecretFiles(Object.keys(shape.shape), set);
  const given = { ...set, ...files.given };
  const { success, data, error } = shape.safeParse(given);
  if (success && files.mistakes.size === 0) return data;
  // Of what is wrong with its file already, nothing else is said.
  const issues = error?.issues.filter(({ path: [name] }) => !files.mistakes.has(String(name))) ?? [];
  const mistakes = issues.map(({ code, path: [name], message }) => {
    const shown = String(name) in files.given ? `${String(name)}_FILE` : String(name);
    return code === "custom" || String(name) in given ? `${shown} ${message}` : `${shown} is required`;
  });
  const all = [...files.mistakes.values(), ...mistakes].map((mistake) => `  ${mistake}`);
  throw new StartError(`These settings are wrong:\n${all.join("\n")}`);
}
