/** The file is not built as its format requires. */
export class DamagedError extends Error {
  override name = "DamagedError";
}
