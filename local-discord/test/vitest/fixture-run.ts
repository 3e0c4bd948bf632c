// Another test runs these in a process: the first passes, the second fails after its end, and the third fails itself.
import { writeFileSync } from "node:fs";
import { REST, Routes } from "discord.js";
import { afterAll } from "vitest";
import { test } from "../../src/vitest.ts";

/** Where each local Discord was. */
const apis: string[] = [];
test.override({ discordOptions: { seed: "fixture" } });

test("has a local Discord", async ({ discord }) => {
  apis.push(discord.api);
  if (new Date(discord.now()).toISOString().slice(0, 10) !== "2026-01-01") throw new Error("has no options");
});

test("uses what is not built", async ({ discord }) => {
  apis.push(discord.api);
  const rest = new REST({ api: discord.api }).setToken(discord.botToken);
  await rest.get(Routes.stickerPacks()).catch(() => {});
});

test("fails", ({ discord }) => {
  apis.push(discord.api);
  throw new Error("failed itself");
});

afterAll(async () => {
  const open = await Promise.all(
    apis.map(async (api) => {
      const response = await fetch(api).catch(() => undefined);
      return response !== undefined;
    }),
  );
  writeFileSync(process.env["FIXTURE_REPORT"] ?? "", JSON.stringify(open));
});
