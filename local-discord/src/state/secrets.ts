import { createHash, randomBytes } from "node:crypto";

/** A run with a seed has the same ids and tokens as every other run with it. */
export type Seed = number | string;

/**
 * Generates the bytes of tokens and session ids.
 * @param purpose what they are for. With a seed, the same purpose gets the same bytes, in each run
 */
export type Secrets = (purpose: string, size: number) => Buffer;

/** Random bytes; with a seed, bytes that follow from it and are no secret. */
export function secrets(seed?: Seed): Secrets {
  if (seed === undefined) return (_, size) => randomBytes(size);
  return (purpose, size) =>
    createHash("shake256", { outputLength: size }).update(`${seed}\n${purpose}`).digest();
}
