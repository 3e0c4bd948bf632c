import { expect, it, onTestFinished } from "vitest";
import { startPlayground } from "../../playground/start.ts";
import { startBot } from "../../src/bot/bot.ts";
import { commands } from "../../src/commands/index.ts";
import { memoryLog } from "../logged.ts";
import { otherGateway } from "./other-gateway.ts";

it("opens as many gateway connections as Discord recommends", async () => {
  const playground = await startPlayground({ port: 0 });
  onTestFinished(() => playground.close());
  const bot = await startBot({
    token: playground.botToken,
    api: await otherGateway(playground.api, { shards: 2 }),
    commands,
    jobs: { send: async () => {} },
    log: memoryLog().log,
  });
  onTestFinished(() => bot.stop());
  bot.check();
  const told = JSON.stringify(playground.traffic());
  expect(told).toContain('"shard":[0,2]');
  expect(told).toContain('"shard":[1,2]');
});
