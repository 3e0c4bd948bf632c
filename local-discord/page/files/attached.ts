import type { Option } from "../commands/command-line.ts";
import { optionType } from "../discord.ts";

/** A file that waits in the composer to be sent. */
export interface Attached {
  key: string;
  file: File;
  /** The name of the command option it was chosen for; null for the first that is free. */
  option: string | null;
}

/** Discord's limits without boosts: files of one message, and bytes of one file. */
const MAX_FILES = 10;
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Of new files those that may be added to so many, and the others by what is wrong with them. */
export function admitFiles(files: readonly File[], present: number) {
  const fitting = files.filter(({ size }) => size <= MAX_FILE_BYTES);
  const room = Math.max(MAX_FILES - present, 0);
  return {
    admitted: fitting.slice(0, room),
    tooMany: fitting.slice(room),
    tooLarge: files.filter(({ size }) => size > MAX_FILE_BYTES),
  };
}

/** Which option of a command each file goes to: the one it was chosen for, else the first that is free. */
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
