/** The reason in whatever was thrown: an error's message, or its code or name where that is empty; anything else as text. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message || (errorCode(error) ?? error.name) : String(error);
}

/** The code of an error of Node.js, such as ENOENT or ECONNREFUSED; undefined for everything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const FILE_ERRORS: Record<string, string> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EACCES: "may not be read by this user",
  EPERM: "may not be read by this user",
  EISDIR: "is a folder",
  ELOOP: "is a link that leads to itself, or was replaced by a link after it was found",
};

/** Why a file cannot be read, as the rest of a sentence that begins with its path. */
export function describeFileError(error: unknown): string {
  return FILE_ERRORS[errorCode(error) ?? ""] ?? describeError(error);
}
