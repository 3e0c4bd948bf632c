import { lockFolder } from "../../src/object-store/folder-lock.ts";

const unlock = lockFolder(process.argv[2] ?? "");
process.send?.("locked");
// The channel keeps this process alive, and this listener keeps the lock from being garbage-collected.
process.on("message", unlock);
