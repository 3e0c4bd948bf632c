import { constants, createDeflate, createZstdCompress } from "node:zlib";
import type { WebSocket } from "ws";

/** Sends texts over a WebSocket, in order. */
export interface Sender {
  send(text: string): void;
  /** Calls `act` after everything before it was given to the WebSocket. */
  afterwards(act: () => void): void;
}

/** Streams by the value of the gateway's parameter `compress`, and the flush after which a payload can be read. */
const STREAMS = {
  "zlib-stream": { create: createDeflate, flush: constants.Z_SYNC_FLUSH },
  "zstd-stream": { create: createZstdCompress, flush: constants.ZSTD_e_flush },
};

/**
 * Returns what sends payloads to a bot: as text, or compressed as the bot asked. Each payload is then one binary message, and all
 * of a connection have one compression context. The messages of zlib end with 00 00 FF FF.
 * @param method the parameter `compress` of the gateway's URL; unknown ones compress nothing
 * @see https://discord.com/developers/docs/events/gateway#transport-compression
 */
export function payloadSender(socket: WebSocket, method: string | null): Sender {
  if (method !== "zlib-stream" && method !== "zstd-stream") {
    return { send: (text) => socket.send(text), afterwards: (act) => act() };
  }
  const { create, flush } = STREAMS[method];
  const stream = create();
  const parts: Buffer[] = [];
  stream.on("data", (part: Buffer) => parts.push(part));
  socket.once("close", () => stream.destroy());
  return {
    send(text) {
      if (stream.destroyed) return;
      stream.write(text);
      stream.flush(flush, () => socket.send(Buffer.concat(parts.splice(0))));
    },
    afterwards(act) {
      if (stream.destroyed) act();
      else stream.flush(flush, act);
    },
  };
}
