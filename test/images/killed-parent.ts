/** Starts a decoding process, and kills itself at once. */
import { decodingProcess } from "../../src/images/decoding-process.ts";

decodingProcess();
process.kill(process.pid, "SIGKILL");
