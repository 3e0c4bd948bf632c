import type { ClientEvent, ClientRequest } from "../../src/client-protocol.ts";

interface Listener {
  event(event: ClientEvent): void;
  lost(): void;
}

export interface ServerConnection {
  /** Starts or stops watching the traffic, also on later connections. */
  watchTraffic(on: boolean): void;
  close(): void;
}

/**
 * Receives the events of one person until it is closed. Reconnects whenever the connection is lost; READY then brings the whole
 * state again, with the ephemeral messages since the first READY.
 */
export function connect(userName: string | null, listener: Listener): ServerConnection {
  let socket: WebSocket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let watching = false;
  let since: string | null = null;
  const ask = () => {
    const request: ClientRequest = { t: "WATCH_TRAFFIC", d: { on: watching } };
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request));
  };
  const open = () => {
    socket = new WebSocket(addressFor(userName, since));
    socket.addEventListener("open", () => watching && ask());
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
      attempts = 0;
      const event: ClientEvent = JSON.parse(data);
      if (event.t === "READY") since ??= event.d.since;
      listener.event(event);
    });
    socket.addEventListener("close", again);
  };
  const again = () => {
    listener.lost();
    retry = setTimeout(open, delayBefore(attempts++, Math.random()));
  };
  open();
  return {
    watchTraffic(on) {
      watching = on;
      ask();
    },
    close() {
      clearTimeout(retry);
      socket?.removeEventListener("close", again);
      socket?.close();
    },
  };
}

function addressFor(userName: string | null, since: string | null): string {
  const address = new URL("/client", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  if (userName !== null) address.searchParams.set("user", userName);
  if (since !== null) address.searchParams.set("since", since);
  return address.href;
}

const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 5000;

/**
 * Returns the milliseconds to wait before the next attempt, twice as long each time, up to 5 s.
 * @param chance 0 to 1; spreads the attempts of several windows that lost the server at the same moment
 */
function delayBefore(attempts: number, chance: number): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempts, 10), MAX_DELAY_MS);
  return delay * (0.75 + chance / 4);
}
