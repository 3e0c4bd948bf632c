import { AsyncLocalStorage } from "node:async_hooks";
import type { Events } from "./events.ts";

/** A request of the bot, from its arrival until its response is written or lost. */
interface BotRequest {
  ended: boolean;
}

/**
 * The responses to the bot's requests that are still to be written. People on Discord see a message when the bot has its answer,
 * or later; here they would be faster, because the response and the events go different ways.
 */
export interface Responses {
  begin(): BotRequest;
  /** Handles the request in `work`. Events that `work` emits are caused by the request. */
  handle<T>(request: BotRequest, work: () => T): T;
  /** Ends the request: its response was written or lost, or will be late because of a fault. Does nothing the second time. */
  end(request: BotRequest): void;
  /** Whether the code that runs now handles a request of the bot. */
  isHandling(): boolean;
  /** Number of requests that caused an event and have ended. */
  count(): number;
  /** Calls `act` when all requests that have caused an event so far have ended: now, if they have. Keeps the order of calls. */
  whenWritten(act: () => void): void;
}

export function responses(events: Events): Responses {
  const current = new AsyncLocalStorage<BotRequest>();
  /** Requests that have caused an event and have not ended. */
  const open = new Set<BotRequest>();
  const waiting: { for: Set<BotRequest>; act: () => void }[] = [];
  let ended = 0;
  const handled = () => {
    const request = current.getStore();
    return request?.ended === false ? request : undefined;
  };
  events.subscribe(() => {
    const request = handled();
    if (request) open.add(request);
  });
  return {
    begin: () => ({ ended: false }),
    handle: (request, work) => current.run(request, work),
    end(request) {
      request.ended = true;
      if (!open.delete(request)) return;
      ended += 1;
      for (const { for: requests } of waiting) requests.delete(request);
      while (waiting[0]?.for.size === 0) waiting.shift()?.act();
    },
    isHandling: () => handled() !== undefined,
    count: () => ended,
    whenWritten(act) {
      if (open.size === 0) act();
      else waiting.push({ for: new Set(open), act });
    },
  };
}
