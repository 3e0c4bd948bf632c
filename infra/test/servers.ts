import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { buildApp } from "fauxqs";
import { onTestFinished } from "vitest";
import { startS3Server } from "../../test/aws/s3-server.ts";

const ACCOUNT = "000000000000";

/** Starts SQS in memory, with the queues of the stack. */
export async function startSqs(): Promise<{ urlOf(name: string): string }> {
  const app = buildApp({ logger: false, host: "127.0.0.1" });
  const origin = await app.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => app.close());
  for (const [QueueName, Attributes] of [
    ["DeadLetters", {}],
    ["Replies", {}],
    [
      "Work",
      {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: `arn:aws:sqs:us-east-1:${ACCOUNT}:DeadLetters`,
          maxReceiveCount: 10,
        }),
      },
    ],
  ]) {
    const answer = await fetch(origin, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.CreateQueue" },
      body: JSON.stringify({ QueueName, Attributes }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }
  return { urlOf: (name) => `${origin}/${ACCOUNT}/${name}` };
}

export async function startS3(bucket: string): ReturnType<typeof startS3Server> {
  const server = await startS3Server({ buckets: { [bucket]: [] } });
  onTestFinished(() => server.close());
  return server;
}

/** Starts stand-ins for the used parts of Systems Manager and Discord, which knows one token. */
export async function startParameters(
  token: string,
  kept: Record<string, unknown>[] = [],
): Promise<{ origin: string; kept: Record<string, unknown>[] }> {
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === "/v10/users/@me") {
      const known = request.headers.authorization === `Bot ${token}`;
      return void response.writeHead(known ? 200 : 401).end(JSON.stringify({ username: "hotdogs" }));
    }
    const parameter = (await json(request)) as Record<string, unknown>;
    const asked = request.headers["x-amz-target"] === "AmazonSSM.GetParameter";
    const there = kept.some(({ Name }) => Name === parameter["Name"]);
    if (!asked) kept.push(parameter);
    response.writeHead(asked && !there ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(asked && !there ? { __type: "ParameterNotFound" } : {}));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, kept };
}

/** Starts a server that answers each path with the status from `status`, as a process does on HEALTH_PORT. */
export async function startHealth(status: (path: string) => number): Promise<{ port: number }> {
  const server = createServer((request, response) => {
    response.writeHead(status(request.url ?? "")).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return { port: (server.address() as AddressInfo).port };
}
