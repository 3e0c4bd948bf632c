import type { ClientEvent } from "../../client-protocol.ts";
import { delayBefore } from "./back-off.ts";

interface Listener {
  event(event: ClientEvent): void;
  lost(): void;
}

/**
 * Listens to the local Discord for one person until the returned function is called. A connection that closes is made
 * again, as often as need be: READY then brings everything anew.
 */
export function connect(userName: string | null, listener: Listener): () => void {
  let socket: WebSocket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  const open = () => {
    socket = new WebSocket(addressFor(userName));
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
      attempts = 0;
      const event: ClientEvent = JSON.parse(data);
      listener.event(event);
    });
    socket.addEventListener("close", again);
  };
  const again = () => {
    listener.lost();
    retry = setTimeout(open, delayBefore(attempts++, Math.random()));
  };
  open();
  return () => {
    clearTimeout(retry);
    socket?.removeEventListener("close", again);
    socket?.close();
  };
}

function addressFor(userName: string | null): string {
  const address = new URL("/client", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  if (userName !== null) address.searchParams.set("user", userName);
  return address.href;
}
