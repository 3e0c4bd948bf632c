import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { sleep } from "./real-time.ts";
import { replaceResponse } from "./replace-response.ts";
import type { BotRequestEnv } from "./rest/track-responses.ts";

/** A fault to inject into requests to the API, the CDN or the page, or into WebSocket handshakes. */
export interface Fault {
  /** "GET", "POST" …; default: any method. */
  method?: string;
  /** Matches the whole path, as in `/api/v10/channels/1/messages`. */
  path: RegExp;
  /** Number of requests that fail; default: all, until the fault is removed. */
  times?: number;
  /**
   * - "drop": the request is not handled; its connection is closed.
   * - "drop-after": the request is handled, then its connection is closed with FIN. discord.js does not retry.
   * - "reset-after": the request is handled, then its connection is reset with RST. discord.js retries.
   * - `status`: the request is not handled; the response has this status, Discord's error `code` (default 0) in its body, and
   *   `retryAfter` (seconds) as its Retry-After header.
   * - `delay`: the request is handled, and the response is sent that many milliseconds later.
   */
  act:
    | "drop"
    | "drop-after"
    | "reset-after"
    | { status: ContentfulStatusCode; code?: number; retryAfter?: number }
    | { delay: number };
}

export interface Faults {
  /** Returns a function that removes the fault. */
  add(fault: Fault): () => void;
  /** Ends all delays. */
  close(): void;
  /**
   * Resolves with the fault of a WebSocket handshake, after its delay; undefined for none. "drop-after" and "reset-after" act
   * like "drop", because a handshake has no response to lose.
   */
  handshake(path: string): Promise<"drop" | ContentfulStatusCode | undefined>;
  middleware: MiddlewareHandler<BotRequestEnv>;
}

/** Keeps the faults to inject. If several match a request, the one added first applies. */
export function faults(): Faults {
  const left = new Map<Fault, number>();
  const closing = new AbortController();

  function take(method: string, path: string): Fault["act"] | undefined {
    for (const [fault, times] of left) {
      if ((fault.method ?? method) !== method || path.search(fault.path) === -1) continue;
      if (times > 1) left.set(fault, times - 1);
      else left.delete(fault);
      return fault.act;
    }
    return undefined;
  }

  const wait = (milliseconds: number) => sleep(milliseconds, closing.signal);

  return {
    close: () => closing.abort(),
    add(fault) {
      if (fault.times !== 0) left.set(fault, fault.times ?? Infinity);
      return () => left.delete(fault);
    },
    async handshake(path) {
      const act = take("GET", path);
      if (typeof act === "string") return "drop";
      if (act !== undefined && "status" in act) return act.status;
      if (act !== undefined) await wait(act.delay);
      return undefined;
    },
    async middleware(c, next) {
      const act = take(c.req.method, c.req.path);
      if (typeof act === "object" && "status" in act) {
        const { status, code = 0, retryAfter } = act;
        if (retryAfter !== undefined) c.header("retry-after", String(retryAfter));
        return c.json({ message: `${status}: Injected fault`, code }, status);
      }
      if (act !== "drop") await next();
      if (typeof act === "object") {
        c.get("stopWaiting")?.();
        await wait(act.delay);
      }
      if (typeof act === "string") {
        const { socket } = c.env.incoming;
        if (act === "reset-after") socket.resetAndDestroy();
        else socket.destroy();
        replaceResponse(c, RESPONSE_ALREADY_SENT);
      }
      return undefined;
    },
  };
}
