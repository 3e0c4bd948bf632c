import { createServer, request } from "node:http";
import { once } from "node:events";
import { createConnection, type AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { newMetrics } from "../../../src/process/health/metrics.ts";
import { readiness } from "../../../src/process/health/readiness.ts";
import { serveHealth } from "../../../src/process/health/server.ts";
import { StartError } from "../../../src/platform/start-error.ts";
import { samplesOf } from "./samples.ts";

async function start({ host = "127.0.0.1", port = 0 } = {}) {
  const state = readiness({ reportMaxAgeMs: 0 });
  const { registry } = newMetrics({ now: Date.now });
  const server = await serveHealth({
    host,
    hostname: "worker-1.example.com",
    port,
    readiness: state,
    metrics: registry,
  });
  onTestFinished(() => server.close().catch(() => {}));
  return { ...state, ...server };
}

/** Returns the status of the answer to a request with this Host header. */
async function statusUnder(host: string, address: string): Promise<number> {
  const asked = request(address, { headers: { host } }).end();
  const [response] = (await once(asked, "response")) as [{ statusCode: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

describe("the health server", () => {
  it("reports that the process is alive before it is ready", async () => {
    const { url, started } = await start();
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    const early = await fetch(`${url}/readyz`);
    expect(early.status).toBe(503);
    expect(await early.json()).toEqual({ status: "starting", checks: {} });
    started({ queue: { check: () => {} } });
    const later = await fetch(`${url}/readyz?verbose`);
    expect(later.status).toBe(200);
    expect(later.headers.get("content-type")).toBe("application/json");
    expect(await later.json()).toEqual({ status: "ready", checks: { queue: "ok" } });
  });

  it("serves the metrics in the text format of Prometheus", async () => {
    const { url } = await start();
    const answer = await fetch(`${url}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const samples = samplesOf(await answer.text());
    expect(samples.get("process_resident_memory_bytes")).toBeGreaterThan(1_000_000);
    expect(samples.get('hotdog_dead_letters_total{cause="failed"}')).toBe(0);
  });

  it.each(["/livez", "/readyz", "/metrics"])("answers HEAD %s without a body", async (path) => {
    const { url } = await start();
    const [got, head] = await Promise.all([fetch(url + path), fetch(url + path, { method: "HEAD" })]);
    expect(head.status).toBe(got.status);
    expect(await head.text()).toBe("");
  });

  const PORT = 9_000;

  it.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "example.com",
    "évil.example",
  ])("refuses requests of a web page at %s whose name leads here", async (name) => {
    const { url } = await start();
    const host = `${encodeURI(name)}:${PORT}`;
    for (const path of ["/metrics", "/readyz", "/readyz?verbose", "/"])
      expect([path, await statusUnder(host, url + path)]).toEqual([path, 403]);
    expect(await statusUnder(host, `${url}/livez`)).toBe(200);
  });

  it.each([
    "127.0.0.1",
    "10.0.3.7",
    "[::1]",
    "[fd00::7]",
    "localhost",
    "LocalHost.",
    "worker",
    "hotdog-bot-worker-1",
    "worker-1.example.com",
    "ip-10-0-3-7.eu-west-1.compute.internal",
    "worker.hotdog.svc.cluster.local",
  ])("answers requests to %s, as from a probe or a neighbor", async (name) => {
    const { url } = await start();
    expect(await statusUnder(`${name}:${PORT}`, `${url}/metrics`)).toBe(200);
    expect(await statusUnder(name, `${url}/readyz`)).toBe(503);
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS"])("refuses %s", async (method) => {
    const { url } = await start();
    const answer = await fetch(`${url}/livez`, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
  });

  it.each(["/", "//", "/livez/", "/readyz%00", "/%"])("answers 404 to %s", async (path) => {
    const { url } = await start();
    expect((await fetch(url + path)).status).toBe(404);
  });

  it("closes although clients keep their connections", async () => {
    const { url, close } = await start();
    const socket = createConnection({ port: Number(new URL(url).port), host: "127.0.0.1" });
    await once(socket, "connect");
    const closed = once(socket, "close");
    await close();
    await closed;
    await expect(fetch(`${url}/livez`)).rejects.toThrow("fetch failed");
  });

  it("fails with one sentence when its port is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    await expect(start({ port })).rejects.toThrow(
      new StartError(
        `Port ${port} of 127.0.0.1 is in use: set HEALTH_PORT to another port, or to 0 to let the system choose one.`,
      ),
    );
  });

  it("fails with one sentence when its host is not an address of this machine", async () => {
    await expect(start({ host: "192.0.2.1" })).rejects.toThrow(
      new StartError(
        "Cannot listen on 192.0.2.1 (EADDRNOTAVAIL): set HEALTH_HOST to an address of this machine.",
      ),
    );
  });
});
