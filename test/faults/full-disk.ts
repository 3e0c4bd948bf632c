/**
 * Simulates a full disk in the process that preloads it (`node --import`). While the file named by FULL_DISK exists, writes of new
 * files through `node:fs/promises` fail with ENOSPC: by turns when the file is opened, after half of its bytes, and when it is synced.
 */
import { existsSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const flag = process.env["FULL_DISK"] ?? "";
const { writeFile, mkdir } = promises;
let writes = 0;

function noSpace(call: string): Error {
  return Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), {
    code: "ENOSPC",
    syscall: call,
  });
}

promises.writeFile = async (path, data, options) => {
  const isNew = typeof options === "object" && options?.flag === "wx";
  if (!isNew || !existsSync(flag)) return writeFile(path, data, options);
  writes += 1;
  if (writes % 3 === 0) throw noSpace("open");
  const bytes = Buffer.from(data as Uint8Array);
  const fails = writes % 3 === 1 ? "write" : "fsync";
  await writeFile(path, fails === "write" ? bytes.subarray(0, bytes.length / 2) : bytes, { flag: "wx" });
  throw noSpace(fails);
};

promises.mkdir = (async (path, options) => {
  if (existsSync(flag) && !existsSync(path)) throw noSpace("mkdir");
  return mkdir(path, options);
}) as typeof mkdir;

syncBuiltinESMExports();
