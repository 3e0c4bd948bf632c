/** Describes what was thrown: returns an error's message, or its code or name if the message is empty; other values as text. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message || (errorCode(error) ?? error.name) : String(error);
}

/** Returns the code of an error of Node.js, such as ENOENT or ECONNREFUSED; undefined for all other values. */
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

/** Describes why a file cannot be read: the rest of a sentence that begins with its path. */
export function describeFileError(error: unknown): string {
  return FILE_ERRORS[errorCode(error) ?? ""] ?? describeError(error);
}
