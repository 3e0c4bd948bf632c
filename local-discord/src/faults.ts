import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { replaceResponse } from "./replace-response.ts";

/** What goes wrong with requests, of API, CDN and page alike, and with the handshakes of WebSockets. */
export interface Fault {
  /** "GET", "POST" …; any unless told. */
  method?: string;
  /** Fits the path as it is asked for, with `/api/v10` before it. */
  path: RegExp;
  /** How often it happens; until it is taken back unless told. */
  times?: number;
  /**
   * "drop": the connection is closed and nothing is done. "drop-after": it is done, and the connection closed in order (FIN)
   * in place of an answer, after which discord.js does not try again. "reset-after": it is done, and the connection reset (RST),
   * after which it does. `status`: nothing is done but to answer so, with Discord's `code` in the body (0 unless told), asking to
   * come back after `retryAfter` seconds if told. `delay`: it is done, and the answer comes so many milliseconds later.
   */
  act:
    | "drop"
    | "drop-after"
    | "reset-after"
    | { status: ContentfulStatusCode; code?: number; retryAfter?: number }
    | { delay: number };
}

export interface Faults {
  /** Returns what takes it back. */
  add(fault: Fault): () => void;
  /** Ends the delays. */
  close(): void;
  /**
   * Resolves with what becomes of a handshake: undefined for nothing out of the ordinary. Only the end of its connection can be
   * lost, so "drop-after" and "reset-after" are as "drop".
   */
  handshake(path: string): Promise<"drop" | ContentfulStatusCode | undefined>;
  middleware: MiddlewareHandler<{ Bindings: HttpBindings }>;
}

/** Of several faults that fit, the first that was added happens. */
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

  async function wait(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: closing.signal }).catch(() => {});
  }

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
        return c.json({ message: `${status}: A fault that was asked for`, code }, status);
      }
      if (act !== "drop") await next();
      if (typeof act === "object") await wait(act.delay);
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
