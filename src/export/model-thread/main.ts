/** A thread that chooses the model of one export: see choose-model.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { chooseModelSliced } from "../../labeling/choose-model.ts";
import type { PackedVotes } from "../../labeling/packed-votes.ts";
import { runAtOnce } from "../../labeling/sliced.ts";
import type { ModelMessage } from "../choose-model.ts";

function send(message: ModelMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is a window's; this is a port
  parentPort?.postMessage(message);
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the thread is started only in choose-model.ts
const packed = workerData as PackedVotes;
const model = runAtOnce(chooseModelSliced(packed, (share) => send({ share })));
send({ model });
