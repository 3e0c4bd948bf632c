/**
 * A TCP proxy that delays bytes in both directions. It simulates latency, not limited bandwidth. Connecting is not delayed, because
 * the clients keep their connections.
 */
import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { z } from "zod";
import { answerParent } from "../harness/child.ts";

const request = z.union([
  /** Starts to forward to this port of 127.0.0.1. The answer is the port to connect to. */
  z.object({ to: z.int() }),
  /** Sets the delay in each direction, in milliseconds. */
  z.object({ delay: z.number() }),
]);

const address = z.object({ port: z.int() });
let delay = 0;

async function listen(to: number): Promise<number> {
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = createConnection({ port: to, host: "127.0.0.1", noDelay: true });
    pipeDelayed(client, upstream);
    pipeDelayed(upstream, client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return address.parse(server.address()).port;
}

function pipeDelayed(from: Socket, to: Socket): void {
  const later = delayQueue();
  from.on("data", (chunk) => later(() => to.write(chunk)));
  from.on("end", () => later(() => to.end()));
  from.on("error", () => later(() => to.destroy()));
}

/** Returns a function that runs actions after the delay, in order, even if the delay has become shorter in the meantime. */
function delayQueue(): (act: () => void) => void {
  const waiting: { due: number; act: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function runDue(): void {
    const now = performance.now();
    while (waiting[0] !== undefined && waiting[0].due <= now) waiting.shift()?.act();
    timer = waiting[0] && setTimeout(runDue, waiting[0].due - now);
  }

  return (act) => {
    if (delay === 0 && waiting.length === 0) return act();
    waiting.push({ due: performance.now() + delay, act });
    timer ??= setTimeout(runDue, delay);
  };
}

answerParent(process, async (message) => {
  const command = request.parse(message);
  if ("to" in command) return listen(command.to);
  delay = command.delay;
  return delay;
});
