import { lockFolder } from "../../src/store/folder-lock.ts";

lockFolder(process.argv[2] ?? "");
process.send?.("locked");
// The channel to the parent keeps this process alive.
process.on("message", () => {});
