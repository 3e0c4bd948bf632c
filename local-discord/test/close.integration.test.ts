import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLocalDiscord } from "./bot.ts";

const start = JSON.stringify(join(import.meta.dirname, "../src/start.ts"));

/** Closes while a response is delayed, a gateway connection is open, and a command is unanswered. */
const program = `
import { once } from "node:events";
import { WebSocket } from "ws";
import { startLocalDiscord } from ${start};
const discord = await startLocalDiscord({ port: 0 });
const { api, botToken: token, channelId, applicationId } = discord;
const headers = { authorization: "Bot " + token, "content-type": "application/json" };
const command = JSON.stringify({ name: "ping", description: "Says pong" });
await fetch(api + "/v10/applications/" + applicationId + "/commands", { method: "POST", headers, body: command });
const socket = new WebSocket(api.replace("http", "ws").replace("/api", "/gateway"));
socket.on("error", () => {});
await once(socket, "message");
socket.send(JSON.stringify({ op: 2, d: { token, intents: 0 } }));
await once(socket, "message");
discord.user("relish").command("ping");
discord.fault({ path: /messages$/, act: { delay: 20_000 } });
const body = JSON.stringify({ content: "hello" });
void fetch(api + "/v10/channels/" + channelId + "/messages", { method: "POST", headers, body }).catch(() => {});
await discord.waitForMessage(() => true);
await discord.close();
process.stdout.write("closed\\n");
`;

describe("a closed local Discord", () => {
  it("lets its process end", async () => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
      cwd: import.meta.dirname,
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child.stdout, "data");
    const closed = performance.now();
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(performance.now() - closed).toBeLessThan(2_500);
  });

  it("refuses actions of people, and says that it is closed", async () => {
    const discord = await openLocalDiscord();
    const relish = discord.user("relish");
    const message = relish.post("hello");
    await discord.close();
    expect(() => relish.post("more")).toThrow("The local Discord was closed.");
    expect(() => discord.user("relish").command("ping")).toThrow("The local Discord was closed.");
    expect(() => relish.press(message, "Press")).toThrow("The local Discord was closed.");
    await expect(discord.waitForMessage(() => false)).rejects.toThrow("The local Discord was closed.");
  });
});
