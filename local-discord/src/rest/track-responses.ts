import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";
import type { Responses } from "../state/responses.ts";

/** What the handlers of the bot's requests share. */
export interface BotRequestEnv {
  Bindings: HttpBindings;
  Variables: {
    /** Tells people's side that the response will be late or lost, so that nobody waits for it. */
    stopWaiting?: () => void;
  };
}

/** Tracks each API request until its response is handed to the operating system, or its connection is gone. */
export function trackResponses(responses: Responses): MiddlewareHandler<BotRequestEnv> {
  return (c, next) => {
    const request = responses.begin();
    const end = () => responses.end(request);
    c.env.outgoing.once("finish", end).once("close", end);
    c.set("stopWaiting", end);
    return responses.handle(request, next);
  };
}
