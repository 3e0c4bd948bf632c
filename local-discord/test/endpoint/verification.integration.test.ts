import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openPage } from "../client-page.ts";
import { callApi, openLogged, register, sendJson, serve, startHttpBot } from "./http-bot.ts";

const pong = (_: unknown, response: Parameters<typeof sendJson>[0]) =>
  sendJson(response, { type: 4, data: { content: "pong" } });

/** Returns a port on which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

describe("an interactions endpoint", () => {
  it("is set by the bot, after a PING and a request with an invalid signature", async () => {
    const { discord } = await openLogged();
    const url = await startHttpBot(() => discord.publicKey, pong);
    const page = openPage(discord, "relish");
    expect((await page.next("READY")).d.bot_online).toBe(false);
    const answered = await callApi(discord, "PATCH", "/applications/@me", { interactions_endpoint_url: url });
    expect(answered).toMatchObject({
      status: 200,
      body: { interactions_endpoint_url: url, verify_key: discord.publicKey },
    });
    expect(discord.publicKey).toMatch(/^[0-9a-f]{64}$/);
    expect((await page.next("BOT_STATUS")).d.online).toBe(true);
    await discord.waitForBot();
    const [ping, forged] = discord.traffic();
    const title = `POST ${url}`;
    expect(ping).toMatchObject({
      kind: "endpoint",
      title,
      status: 200,
      request: { type: 1 },
      response: { type: 1 },
    });
    expect(forged).toMatchObject({
      kind: "endpoint",
      status: 401,
      forged: true,
      request: "invalid request signature",
    });
    for (const entry of [ping, forged]) expect(entry).not.toHaveProperty("problem");
    expect(JSON.stringify(discord.traffic())).not.toContain(
      Buffer.from("interaction:").toString("base64url"),
    );
  });

  it.each<[string, Parameters<typeof serve>[0], string]>([
    [
      "answers 404",
      (_, response) => void response.writeHead(404).end(),
      'answered a PING with 404 Not Found, instead of 200 and {"type":1}.',
    ],
    [
      "is no JSON",
      (_, response) => void response.end("Hello"),
      'answered a PING with 200 OK and "Hello", instead of',
    ],
    [
      "is no PONG",
      (_, response) => sendJson(response, { type: 4 }),
      'and "{\\"type\\":4}", instead of 200 and {"type":1}.',
    ],
    [
      "has no type",
      (_, response) => void response.end('{"type":1}'),
      "answered a PING with no Content-Type instead of application/json.",
    ],
    [
      "takes every signature",
      (_, response) => sendJson(response, { type: 1 }),
      "answered a request with an invalid signature with 200 OK",
    ],
    ["closes", (_, response) => void response.destroy(), "closed the connection without an answer."],
  ])("is refused if it %s", async (_, handle, reason) => {
    const { discord } = await openLogged();
    const url = await serve(handle);
    const { status, body } = await callApi(discord, "PATCH", "/applications/@me", {
      interactions_endpoint_url: url,
    });
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 50_035 } });
    expect(body).toMatchObject({
      errors: {
        interactions_endpoint_url: {
          _errors: [
            {
              code: "APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID",
              message: expect.stringContaining(reason) as string,
            },
          ],
        },
      },
    });
    await expect(discord.setInteractionsUrl(url)).rejects.toThrow(
      `The specified interactions endpoint URL could not be verified. The interactions endpoint ${url}`,
    );
    expect(discord.traffic().findLast(({ kind }) => kind === "endpoint")?.problem).toBeDefined();
    expect((await callApi(discord, "GET", "/applications/@me")).body).toMatchObject({
      interactions_endpoint_url: null,
    });
  });

  it("is refused if it is silent for 3 s, or not on this machine", async () => {
    const { discord } = await openLogged();
    const { promise, resolve } = Promise.withResolvers<void>();
    const silent = discord.setInteractionsUrl(await serve(() => resolve()));
    await promise;
    discord.advance(3_000);
    await expect(silent).rejects.toThrow("did not answer within 3 s.");
    const nobody = `http://127.0.0.1:${await freePort()}/`;
    await expect(discord.setInteractionsUrl(nobody)).rejects.toThrow("because nothing listens there.");
    for (const url of ["https://bot.example/", "http://192.168.0.1/", "https://localhost/"])
      await expect(discord.setInteractionsUrl(url)).rejects.toThrow("to this machine only");
    await expect(discord.setInteractionsUrl("bot")).rejects.toThrow("Not a well formed URL: bot");
    await expect(openLogged({ interactionsUrl: "https://bot.example/" })).rejects.toThrow(
      "to this machine only",
    );
  });

  it("is verified as soon as it is ready if it is an option", async () => {
    const port = await freePort();
    const interactionsUrl = `http://127.0.0.1:${port}/interactions`;
    const { discord, log } = await openLogged({ interactionsUrl });
    await expect
      .poll(() => discord.waitForBot({ timeout: 1 }).catch(String))
      .toContain("nothing listens there");
    await register(discord, { name: "ping" });
    await expect(discord.user("relish").command("ping").answer()).rejects.toThrow("nothing listens there");
    await startHttpBot(() => discord.publicKey, pong, port);
    await discord.waitForBot();
    expect((await discord.user("relish").command("ping").answer()).content).toBe("pong");
    expect(log).toHaveLength(1);
  });

  it("that is an option and not right is reported once, and again when it changes", async () => {
    let status = 404;
    const interactionsUrl = await serve((_, response) => void response.writeHead(status).end());
    const { discord, log } = await openLogged({ interactionsUrl });
    await expect.poll(() => log).toHaveLength(1);
    status = 405;
    await expect.poll(() => log).toHaveLength(2);
    expect(log[1]).toContain("answered a PING with 405 Method Not Allowed");
    expect(discord.traffic()).toHaveLength(2);
    await expect(discord.waitForBot({ timeout: 1 })).rejects.toThrow("405");
  });

  it("and the key are kept in a folder; a seed repeats the key", async () => {
    const folder = mkdtempSync(join(tmpdir(), "local-discord-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { discord: before } = await openLogged({ folder });
    const url = await startHttpBot(() => before.publicKey, pong);
    await before.setInteractionsUrl(url);
    await before.close();
    const { discord: after } = await openLogged({ folder });
    expect(after.publicKey).toBe(before.publicKey);
    await after.waitForBot();

    const keys = await Promise.all(
      [1, 1, 2].map(async (seed) => (await openLogged({ seed })).discord.publicKey),
    );
    expect(keys[0]).toBe(keys[1]);
    expect(keys[0]).not.toBe(keys[2]);
  });
});

it("other fields of an application are not built", async () => {
  const { discord } = await openLogged();
  const { status } = await callApi(discord, "PATCH", "/applications/@me", { description: "A bot" });
  expect(status).toBe(404);
  expect(discord.notBuilt()).toEqual([expect.stringContaining("the field description of applications")]);
});
