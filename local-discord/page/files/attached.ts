import type { Option } from "../commands/command-line.ts";
import { optionType } from "../discord.ts";

/** A file in the composer that is not sent yet. */
export interface Attached {
  key: string;
  file: File;
  /** Name of the command option it was chosen for; null for the first free one. */
  option: string | null;
}

/** Discord's limits for a server without boosts. */
const MAX_FILES = 10;
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Sorts new files into those that can be added to the present ones, and those that are too many or too large. */
export function admitFiles(files: readonly File[], present: number, limit = MAX_FILES) {
  const fitting = files.filter(({ size }) => size <= MAX_FILE_BYTES);
  const room = Math.max(limit - present, 0);
  return {
    admitted: fitting.slice(0, room),
    tooMany: fitting.slice(room),
    tooLarge: files.filter(({ size }) => size > MAX_FILE_BYTES),
  };
}

/** Assigns each file to an attachment option: to the one it was chosen for, or else to the first free one. */
export function assign(options: readonly Option[], files: readonly Attached[]) {
  const slots = options.filter(({ type }) => type === optionType.attachment);
  const given = new Map<Option, Attached>();
  for (const attached of files) {
    const chosen = slots.find(({ name }) => name === attached.option);
    if (chosen !== undefined) given.set(chosen, attached);
  }
  const rest = files.filter((attached) => ![...given.values()].includes(attached));
  for (const option of slots) {
    const next = given.has(option) ? undefined : rest.shift();
    if (next !== undefined) given.set(option, next);
  }
  return { slots, given, left: rest };
}

export type Assignment = ReturnType<typeof assign>;
