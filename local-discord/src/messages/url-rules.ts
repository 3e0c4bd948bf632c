import type { FieldFault } from "../errors.ts";

/** Returns the errors of a URL, which must be well formed and have one of these schemes. */
export function addressFaults(
  url: string | null | undefined,
  path: string[],
  schemes: string[],
): FieldFault[] {
  if (url === undefined || url === null) return [];
  const scheme = URL.parse(url)?.protocol.slice(0, -1);
  if (scheme === undefined) {
    return [{ path, code: "URL_TYPE_INVALID_URL", message: "Not a well formed URL." }];
  }
  if (schemes.includes(scheme)) return [];
  const message = `Scheme "${scheme}" is not supported. Scheme must be one of ('${schemes.join("', '")}').`;
  return [{ path, code: "URL_TYPE_INVALID_SCHEME", message }];
}
