import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { commands } from "../../../src/commands/index.ts";
import { registerCommands } from "../../../src/bot/register-commands.ts";

const register = (api: string) => registerCommands({ api, token: "a.b.c", commands });

it("a host name that cannot be looked up is reported", async () => {
  await expect(register("https://no-such-host.invalid")).rejects.toThrow(
    /^Discord cannot be reached at https:\/\/no-such-host\.invalid: its name cannot be looked up \(\w+\); check that this machine is connected to a network\.$/,
  );
});

it("a server that is not Discord is reported", async () => {
  const proxy = createServer((_, response) => response.writeHead(403).end("<html>log in first</html>"));
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void proxy.close());
  const api = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  await expect(register(api)).rejects.toThrow(`What answers at ${api} is not Discord (HTTP 403).`);
});
