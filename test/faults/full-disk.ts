/**
 * Simulates a full disk in the process that preloads it (`node --import`). While the file named by FULL_DISK exists, writes through
 * `node:fs/promises` fail with ENOSPC: by turns when the file is opened, after half of its bytes, and when it is synced.
 */
import { existsSync } from "node:fs";
import promises, { type FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const flag = process.env["FULL_DISK"] ?? "";
const { open, mkdir } = promises;
let writes = 0;

function noSpace(call: string): Error {
  return Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), {
    code: "ENOSPC",
    syscall: call,
  });
}

promises.open = async (path, flags, mode) => {
  if (flags !== "wx" || !existsSync(flag)) return open(path, flags, mode);
  writes += 1;
  if (writes % 3 === 0) throw noSpace("open");
  const file = await open(path, flags, mode);
  return writes % 3 === 1 ? failWhileWriting(file) : failWhenSynced(file);
};

function failWhileWriting(file: FileHandle): FileHandle {
  file.writeFile = async (data) => {
    const bytes = Buffer.from(data as Uint8Array);
    await file.write(bytes.subarray(0, bytes.length / 2));
    throw noSpace("write");
  };
  return file;
}

function failWhenSynced(file: FileHandle): FileHandle {
  file.sync = async () => {
    throw noSpace("fsync");
  };
  return file;
}

promises.mkdir = (async (path, options) => {
  if (existsSync(flag) && !existsSync(path)) throw noSpace("mkdir");
  return mkdir(path, options);
}) as typeof mkdir;

syncBuiltinESMExports();
