import { existsSync } from "node:fs";
import type { Environment } from "./environment.ts";

/**
 * The process's environment with what `.env` adds to it. The AWS SDK reads it by itself and takes a blank setting for one
 * that is set: those are taken out.
 */
export function loadEnvironment(host: Pick<NodeJS.Process, "env" | "loadEnvFile">): Environment {
  // First, since what is in the environment, be it blank, is not replaced by what is in the file.
  dropBlankAws(host.env);
  if (existsSync(".env")) host.loadEnvFile(".env");
  dropBlankAws(host.env);
  return host.env;
}

function dropBlankAws(environment: Environment): void {
  for (const [name, value = ""] of Object.entries(environment))
    if (name.startsWith("AWS_") && value.trim() === "") delete environment[name];
}
