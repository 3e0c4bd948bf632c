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
  /** For example `SendMessageBatch`. */
  action: string;
  body: Record<string, unknown>;
}

/** What the proxy does with a request. */
export type Answer =
  /** Answers in place of the server. */
  | { status: number; body: unknown }
  /** Cuts the connection. */
  | "cut"
  /** Never answers. */
  | "hang"
  /** Forwards the request, and cuts the connection in place of the answer. */
  | "lose"
  /** Forwards the request twice, and returns the second answer. */
  | "twice"
  /** Forwards the request. */
  | undefined;

export interface SqsProxy {
  origin: string;
  requests: SqsRequest[];
  /** Called with every request; may be set at any time. */
  answer: (request: SqsRequest) => Answer | Promise<Answer>;
  /** Called with every answer of the server to a request that succeeded, even if it does not reach the client; may be set at any time. */
  answered: (request: SqsRequest, body: Record<string, unknown>) => void;
  /**
   * Milliseconds by which the server's answers are delayed. If it is more than 0, the server does not notice that a client is gone, and
   * hides the messages it returns, as SQS itself does.
   */
  lag: number;
  /** Returns the requests for one action so far. */
  of(action: string): SqsRequest[];
  /** Returns how many requests for one action wait for their answer. */
  waiting(action: string): number;
  close(): Promise<void>;
}

/** Starts a proxy between the SDK and an SQS server that records requests and can answer in place of the server. */
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
    if (passed?.status === 200) proxy.answered(seen, JSON.parse(passed.content.toString() || "{}"));
    if (passed === undefined || answer === "lose") return void incoming.socket.destroy();
    await wait(proxy.lag);
    response.writeHead(passed.status, passed.headers);
    response.end(passed.content);
  }

  /** @returns undefined when there was no answer */
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

/** Makes an error response as SQS sends it. */
export function refusal(code: string, message = "no", status = 400): Answer {
  return { status, body: { __type: `com.amazonaws.sqs#${code}`, message } };
}
