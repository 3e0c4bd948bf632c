import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIMessage } from "discord.js";
import { Client, Events, MessageFlags, Routes } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { openPage } from "./client-page.ts";
import { round } from "./round.ts";

const main = join(import.meta.dirname, "../src/main.ts");

/** Runs the local Discord in a process with its data in `folder`. */
async function startProcess(folder: string) {
  const child = spawn(process.execPath, [main, "--folder", "data/playground"], {
    cwd: folder,
    env: { ...process.env, PLAYGROUND_PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for await (const data of child.stdout) {
    output += String(data);
    if (output.includes("DISCORD_CDN_ORIGINS=")) break;
  }
  const setting = (name: string) => new RegExp(`^${name}=(.*)$`, "m").exec(output)?.[1] ?? "";
  return {
    api: setting("DISCORD_API"),
    token: setting("DISCORD_TOKEN"),
    cdn: setting("DISCORD_CDN_ORIGINS"),
    page: `${setting("DISCORD_CDN_ORIGINS")}/`,
    async kill() {
      child.kill("SIGKILL");
      await once(child, "close");
    },
  };
}

type RunningDiscord = Awaited<ReturnType<typeof startProcess>>;

async function joinBot({ api, token }: RunningDiscord): Promise<Client<true>> {
  const client = new Client({ intents: [], rest: { api } });
  onTestFinished(() => client.destroy());
  client.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isButton()) return;
    void interaction.reply({ content: `saved ${interaction.customId}`, flags: MessageFlags.Ephemeral });
  });
  const ready = new Promise<Client<true>>((resolve) => void client.once(Events.ClientReady, resolve));
  await client.login(token);
  return ready;
}

function addresses(message: APIMessage | undefined): string[] {
  return JSON.stringify(message).match(/http:[^"]*\.webp/g) ?? [];
}

describe("a killed local Discord", () => {
  it("shows a round again after a restart, and its buttons reach a bot that connects later", async () => {
    const folder = mkdtempSync(join(tmpdir(), "local-discord-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const before = await startProcess(folder);
    const { body, files } = await round();
    const bot = await joinBot(before);
    const page = openPage(before, "mustard");
    const channelId = (await page.next("READY")).d.guilds[0]?.channels[0]?.id ?? "";
    await bot.rest.post(Routes.channelMessages(channelId), { body, files });
    await page.next("MESSAGE_CREATE");
    await before.kill();
    await bot.destroy();

    const after = await startProcess(folder);
    const again = openPage(after, "mustard");
    const ready = (await again.next("READY")).d;
    const message = ready.messages[channelId]?.[0];
    const shown = [...new Set(addresses(message))];
    expect(shown).toHaveLength(4);
    for (const [index, url] of shown.entries()) {
      expect(url.startsWith(after.cdn)).toBe(true);
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect(bytes.equals(files[index]?.data ?? Buffer.of())).toBe(true);
    }
    await joinBot(after);
    const custom_id = "label:r1:3:1:".padEnd(100, "x");
    await fetch(`${after.page}client/interactions`, {
      method: "POST",
      body: JSON.stringify({
        type: 3,
        user_id: ready.user.id,
        channel_id: channelId,
        message_id: message?.id,
        locale: "en-US",
        nonce: "n",
        data: { component_type: 2, custom_id },
      }),
    });
    const answer = await again.next("MESSAGE_CREATE");
    expect(answer.d).toMatchObject({ content: `saved ${custom_id}`, flags: MessageFlags.Ephemeral });
  });
});
