/** Starts a process that decodes images, and is killed at once. */
import { decodingProcess } from "../../src/images/decoding-process.ts";

decodingProcess();
process.kill(process.pid, "SIGKILL");
