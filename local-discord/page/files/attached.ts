import type { Option } from "../commands/command-line.ts";
import { optionType } from "../discord.ts";
import { hasFileType } from "./file-types.ts";

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

/**
 * Assigns each file to an attachment option: to the one it was chosen for, or else to the first free one that accepts it, or
 * else to the first free one.
 */
export function assign(options: readonly Option[], files: readonly Attached[]) {
  const slots = options.filter(({ type }) => type === optionType.attachment);
  const given = new Map<Option, Attached>();
  for (const attached of files) {
    const chosen = slots.find(({ name }) => name === attached.option);
    if (chosen !== undefined) given.set(chosen, attached);
  }
  for (const fits of [accepts, () => true]) {
    for (const attached of files) {
      if ([...given.values()].includes(attached)) continue;
      const free = slots.find((option) => !given.has(option) && fits(option, attached.file));
      if (free !== undefined) given.set(free, attached);
    }
  }
  return { slots, given, left: files.filter((attached) => ![...given.values()].includes(attached)) };
}

/** Whether an attachment option accepts a file of this name. */
export function accepts(option: Option, { name }: Pick<File, "name">): boolean {
  return hasFileType(name, fileTypesOf(option));
}

/** Returns the types of files that an attachment option accepts; undefined for all. */
export function fileTypesOf(option: Option): readonly string[] | undefined {
  return "file_types" in option && option.file_types?.length ? option.file_types : undefined;
}

export type Assignment = ReturnType<typeof assign>;
