import type { WebSocket } from "ws";
import { clearRealTimeout, setRealTimeout } from "../real-time.ts";
import type { Responses } from "../state/responses.ts";

/** Time after which a bot that does not answer pings gets its events nevertheless. */
const MAX_WAIT_MS = 1_000;

/**
 * Pings in a row after which a bot has read what was sent to it before. After one, it may still have the response before it: if it
 * was about to read an earlier event, it reads the ping in the same turn, and in the next turn its gateway connection comes first.
 */
const PINGS = 2;

/** Calls `act` when the bot has read the responses to all its requests that have caused an event so far: now, if it has. */
export type CatchUp = (act: () => void) => void;

/**
 * Finds out what a bot has read. Responses and events go over different connections, which are read in any order. So an event that
 * must come after a response waits until the bot has answered pings that were sent after the response. Every WebSocket client
 * answers pings by itself.
 */
export function catchUp(socket: WebSocket, responses: Responses): CatchUp {
  const ask = pings(socket);
  /** What waits, by the number of responses that the bot will have read. */
  const waiting = new Map<number, (() => void)[]>();
  let read = 0;
  return (act) =>
    responses.whenWritten(() => {
      const written = responses.count();
      if (read >= written) return act();
      const others = waiting.get(written);
      if (others) return void others.push(act);
      const acts = [act];
      waiting.set(written, acts);
      ask(() => {
        read = Math.max(read, written);
        waiting.delete(written);
        for (const each of acts) each();
      });
    });
}

/** Returns a function that calls `done` when the bot has answered several pings in a row, has not in time, or is gone. */
function pings(socket: WebSocket): (done: () => void) => void {
  /** What to do after the answer to a ping, by its number, in ascending order. */
  const unanswered = new Map<number, () => void>();
  /** Ends each wait that is under way. */
  const waits = new Set<() => void>();
  let last = 0;
  function ping(then: () => void): void {
    unanswered.set(++last, then);
    socket.ping(String(last));
  }
  socket.once("close", () => {
    for (const finish of waits) finish();
  });
  socket.on("pong", (data) => {
    const answered = Number(data.toString());
    for (const [number, then] of unanswered) {
      // A client may answer the latest of several pings only: https://datatracker.ietf.org/doc/html/rfc6455#section-5.5.3
      if (!(number <= answered)) return;
      unanswered.delete(number);
      then();
    }
  });

  return (done) => {
    if (socket.readyState !== socket.OPEN) return done();
    let left = PINGS;
    const finish = () => {
      left = 0;
      clearRealTimeout(timer);
      waits.delete(finish);
      done();
    };
    const timer = setRealTimeout(finish, MAX_WAIT_MS);
    waits.add(finish);
    const next = () => {
      if (left === 0) return;
      left -= 1;
      if (left === 0) finish();
      else ping(next);
    };
    ping(next);
  };
}
