import { localSecret } from "../../object-store/local-secret.ts";
import { StartError } from "../../platform/start-error.ts";

/**
 * Reads the key of `--people`, under which several exports call people the same. Makes the file when it is missing.
 * @throws StartError when the file cannot be read or made, or holds something else
 */
export async function peopleKey(path: string): Promise<string> {
  const key = await localSecret(path).catch((error: Error) => {
    if (error instanceof StartError) throw error;
    throw new StartError(`The file of --people cannot be used: ${error.message}`, { cause: error });
  });
  if (!/^[0-9a-f]{64}$/.test(key))
    throw new StartError(
      `${path} is not a file that --people made: it holds 64 hexadecimal digits. Name a file that does not exist yet, or the one of an earlier export.`,
    );
  return key;
}
