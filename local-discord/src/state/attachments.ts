import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Stores the bytes of uploaded files by attachment id. */
export interface Attachments {
  put(id: string, bytes: Uint8Array): void;
  get(id: string): Uint8Array<ArrayBuffer> | undefined;
  remove(id: string): void;
}

export function memoryAttachments(): Attachments {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    put: (id, bytes) => void files.set(id, Uint8Array.from(bytes)),
    get: (id) => files.get(id),
    remove: (id) => void files.delete(id),
  };
}

const isId = (id: string) => /^\d+$/.test(id);

/** Stores each attachment in a file. Ids are digits only, so they are safe file names. */
export function folderAttachments(folder: string): Attachments {
  mkdirSync(folder, { recursive: true });
  return {
    put: (id, bytes) => writeFileSync(join(folder, id), bytes),
    get(id) {
      if (!isId(id)) return undefined;
      try {
        return Uint8Array.from(readFileSync(join(folder, id)));
      } catch {
        return undefined;
      }
    },
    remove: (id) => isId(id) && rmSync(join(folder, id), { force: true }),
  };
}
