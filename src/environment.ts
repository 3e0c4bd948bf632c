import type { z } from "zod";
import { StartError } from "./start-error.ts";

/** A process's environment. Blank means absent. */
export type Environment = Record<string, string | undefined>;

/**
 * Reads settings from the environment.
 * @throws StartError that names every mistake, one a line
 */
export function readEnvironment<Shape extends z.ZodObject>(
  shape: Shape,
  environment: Environment,
): z.infer<Shape> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = shape.safeParse(given);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map(({ code, path: [name], message }) =>
    code === "custom" || String(name) in given
      ? `  ${String(name)} ${message}`
      : `  ${String(name)} is required`,
  );
  throw new StartError(`These settings are wrong:\n${mistakes.join("\n")}`);
}
