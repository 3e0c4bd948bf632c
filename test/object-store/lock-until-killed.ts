import { lockFolder } from "../../src/object-store/folder-lock.ts";

const unlock = lockFolder(process.argv[2] ?? "");
process.send?.("locked");
// The channel to the parent keeps this process alive, and this keeps the lock: what nobody holds may be collected.
process.on("message", unlock);
