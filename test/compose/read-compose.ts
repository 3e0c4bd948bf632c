import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../..");
export const COMPOSE_FILE = join(ROOT, "docker-compose.yml");

const texts = z.array(z.string());

/** The parts that the tests use. Compose's schema checks the whole file. */
const service = z.object({
  build: z.literal(".").optional(),
  image: z.string().optional(),
  pull_policy: z.string().optional(),
  scale: z.string().optional(),
  user: z.string().optional(),
  profiles: texts.default([]),
  restart: z.string().optional(),
  read_only: z.boolean().optional(),
  init: z.boolean().optional(),
  cap_drop: texts.optional(),
  security_opt: texts.optional(),
  pids_limit: z.number().optional(),
  mem_limit: z.string(),
  stop_grace_period: z.string(),
  logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()) }),
  container_name: z.string().optional(),
  ports: texts.default([]),
  volumes: texts.default([]),
  networks: texts,
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  environment: z.record(z.string(), z.string()).default({}),
  env_file: z.unknown().optional(),
  entrypoint: texts.optional(),
  command: texts.default([]),
  healthcheck: z.object({ test: texts.optional(), disable: z.boolean().default(false) }).optional(),
});

const network = z.object({
  internal: z.boolean().default(false),
  driver_opts: z.record(z.string(), z.string()).default({}),
});

const composeFile = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), network.nullable()),
  volumes: z.record(z.string(), z.null()),
});

export type Service = z.infer<typeof service>;
type Compose = z.infer<typeof composeFile>;

export async function readCompose(): Promise<Compose & { text: string }> {
  const text = await readFile(COMPOSE_FILE, "utf8");
  return { ...composeFile.parse(parse(text, { merge: true })), text };
}

/** @throws Error if there is no such service */
export function serviceNamed(name: string, { services }: Compose): Service {
  const found = services[name];
  if (found === undefined) throw new Error(`there is no service ${name}`);
  return found;
}

/**
 * `${NAME:-default}` or `${NAME:?what to do}`.
 * @see https://docs.docker.com/reference/compose-file/interpolation/
 */
const VARIABLE = /\$\{(?<name>\w+):(?<kind>[-?])(?<rest>[^}]*)\}/g;

/**
 * Replaces the variables in a text as Compose does.
 * @throws Error that says what to do about a missing variable
 */
export function interpolate(text: string, values: Record<string, string>): string {
  return text.replaceAll(VARIABLE, (_whole, name: string, kind: string, rest: string) => {
    const value = values[name] ?? "";
    if (value !== "") return value;
    if (kind === "?") throw new Error(`required variable ${name} is missing a value: ${rest}`);
    return rest;
  });
}

/** Names of all variables in a text. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map(({ groups }) => groups?.["name"] ?? "");
}
