/**
 * Passes bytes on between whoever connects and a server, each way after a delay: how long they are under way, and not how many may
 * be so at a time. Connecting takes no time, as connections are kept.
 */
import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { z } from "zod";
import { answerParent } from "./child.ts";

const request = z.union([
  /** Listens for those who want this port of 127.0.0.1; the answer is its own. */
  z.object({ to: z.int() }),
  /** Milliseconds each way, from now on. */
  z.object({ delay: z.number() }),
]);

const address = z.object({ port: z.int() });
let delay = 0;

async function listen(to: number): Promise<number> {
  const server = createServer({ noDelay: true }, (near) => {
    const far = createConnection({ port: to, host: "127.0.0.1", noDelay: true });
    pass(near, far);
    pass(far, near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return address.parse(server.address()).port;
}

function pass(from: Socket, to: Socket): void {
  const later = inOrder();
  from.on("data", (chunk) => later(() => to.write(chunk)));
  from.on("end", () => later(() => to.end()));
  from.on("error", () => later(() => to.destroy()));
}

/** Does each thing after the delay; one that comes with less of it does not overtake those before. */
function inOrder(): (act: () => void) => void {
  const waiting: { due: number; act: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function doWhatIsDue(): void {
    const now = performance.now();
    while (waiting[0] !== undefined && waiting[0].due <= now) waiting.shift()?.act();
    timer = waiting[0] && setTimeout(doWhatIsDue, waiting[0].due - now);
  }

  return (act) => {
    if (delay === 0 && waiting.length === 0) return act();
    waiting.push({ due: performance.now() + delay, act });
    timer ??= setTimeout(doWhatIsDue, delay);
  };
}

answerParent(process, async (message) => {
  const wanted = request.parse(message);
  if ("to" in wanted) return listen(wanted.to);
  delay = wanted.delay;
  return delay;
});
