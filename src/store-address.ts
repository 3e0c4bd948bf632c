/** What STORE_URL names. */
export type StoreAddress =
  | { engine: "disk"; folder: string }
  /** The prefix has no slash at its end, and may be empty. */
  | { engine: "s3"; bucket: string; prefix: string };
