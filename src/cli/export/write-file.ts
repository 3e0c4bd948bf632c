import { open } from "node:fs/promises";

/**
 * A new file with these bytes, durable but for its entry in its folder.
 * @throws the signal's reason once it is aborted; Error of the file system
 */
export async function writeFile(
  path: string,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  signal: AbortSignal,
): Promise<void> {
  const file = await open(path, "wx");
  try {
    for await (const chunk of bytes) {
      signal.throwIfAborted();
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}
