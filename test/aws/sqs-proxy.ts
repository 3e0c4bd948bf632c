import { once } from "node:events";
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";

export interface SqsRequest {
  /** As in `SendMessageBatch`. */
  action: string;
  body: Record<string, unknown>;
}

/**
 * What the proxy does with a request: answers it so, cuts the connection, lets it hang, or (undefined) passes it on. "lose": it
 * is passed on, and the connection cut in place of the answer. "twice": it is passed on twice, the second answer is the one.
 */
export type Answer = { status: number; body: unknown } | "cut" | "hang" | "lose" | "twice" | undefined;

export interface SqsProxy {
  origin: string;
  requests: SqsRequest[];
  /** Called with every request; may be set at any time. */
  answer: (request: SqsRequest) => Answer | Promise<Answer>;
  /** Called with what the server has answered, whatever becomes of it; may be set at any time. */
  answered: (request: SqsRequest, body: Record<string, unknown>) => void;
  /**
   * Milliseconds for which the server's answers are on their way. With any, a client that is gone is no concern of the server's,
   * as with SQS itself: it gives out what it was asked for.
   */
  lag: number;
  /** The requests for one action so far. */
  of(action: string): SqsRequest[];
  /** How many requests for one action wait for their answer. */
  waiting(action: string): number;
  close(): Promise<void>;
}

/** Stands between the SDK and an SQS server, writes down what passes, and answers in its place when told to. */
export async function startSqsProxy(upstream: string): Promise<SqsProxy> {
  const unanswered = new Set<SqsRequest>();
  const server = createServer((incoming, response) => void handle(incoming, response));

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const action = String(incoming.headers["x-amz-target"]).replace("AmazonSQS.", "");
    const seen = { action, body: JSON.parse(body.toString() || "{}") };
    proxy.requests.push(seen);
    unanswered.add(seen);
    response.on("close", () => unanswered.delete(seen));
    const answer = await proxy.answer(seen);
    if (answer === "hang") return;
    if (answer === "cut") return void incoming.socket.destroy();
    if (typeof answer === "object") {
      response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" });
      return void response.end(JSON.stringify(answer.body));
    }
    if (answer === "twice") await pass(incoming, body, response);
    const passed = await pass(incoming, body, response);
    if (passed !== undefined) proxy.answered(seen, JSON.parse(passed.content.toString() || "{}"));
    if (passed === undefined || answer === "lose") return void incoming.socket.destroy();
    await wait(proxy.lag);
    response.writeHead(passed.status, passed.headers);
    response.end(passed.content);
  }

  /** undefined when there was no answer */
  async function pass(
    { method, headers, url }: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<{ status: number; headers: IncomingHttpHeaders; content: Buffer } | undefined> {
    const passed = request(new URL(url ?? "/", upstream), { method, headers });
    response.on("close", () => proxy.lag === 0 && passed.destroy());
    try {
      const answered = once(passed, "response") as Promise<[IncomingMessage]>;
      passed.end(body);
      const [answer] = await answered;
      return { status: answer.statusCode ?? 502, headers: answer.headers, content: await buffer(answer) };
    } catch {
      return undefined;
    }
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const proxy: SqsProxy = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    answer: () => undefined,
    answered: () => {},
    lag: 0,
    of: (action) => proxy.requests.filter((request) => request.action === action),
    waiting: (action) => [...unanswered].filter((request) => request.action === action).length,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return proxy;
}

/** As SQS words an error. */
export function refusal(code: string, message = "no", status = 400): Answer {
  return { status, body: { __type: `com.amazonaws.sqs#${code}`, message } };
}
