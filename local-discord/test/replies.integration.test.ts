import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIMessage } from "discord.js";
import { MessageFlags, Routes } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";
import { openPage } from "./client-page.ts";

/** Resolves with the message that the last message replies to, as a new page gets it. */
async function original(discord: LocalDiscord): Promise<APIMessage["referenced_message"]> {
  const { messages } = (await openPage(discord, "ketchup").next("READY")).d;
  return messages[discord.channelId]?.at(-1)?.referenced_message;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "local-discord-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe("the message that a reply refers to", () => {
  it("has its current state, and is null when it is deleted, also after a restart", async () => {
    const folder = temporaryFolder();
    const discord = await openLocalDiscord({ folder });
    const bot = await joinBot(discord);
    const route = Routes.channelMessages(discord.channelId);
    const asked = (await bot.rest.post(route, { body: { content: "before" } })) as APIMessage;
    const reply = discord.user("relish").post("reply", [], { replyTo: asked });
    expect(reply.referenced_message).toMatchObject({ content: "before" });
    const one = Routes.channelMessage(discord.channelId, asked.id);
    await bot.rest.patch(one, { body: { content: "after" } });
    expect(await original(discord)).toMatchObject({ content: "after" });
    await bot.rest.delete(one);
    expect(await original(discord)).toBeNull();
    expect(discord.messages().at(-1)?.referenced_message).toBeNull();

    const copy = temporaryFolder();
    cpSync(folder, copy, { recursive: true });
    expect(await original(await openLocalDiscord({ folder: copy }))).toBeNull();
  });

  it("is part of a follow-up if both are for the same person, and is not part of a public one", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply({ content: "secret", flags: MessageFlags.Ephemeral });
      await interaction.followUp({ content: "more", flags: MessageFlags.Ephemeral });
      await interaction.followUp("for all");
    });
    const ketchup = discord.user("ketchup");
    ketchup.command("ping");
    const open = await discord.user("mustard").waitForMessage(({ content }) => content === "for all");
    expect(open).not.toHaveProperty("referenced_message");
    const [secret, more] = ketchup.messages();
    expect(more).toMatchObject({
      content: "more",
      referenced_message: { id: secret?.id, content: "secret" },
    });
  });

  it("does not contain the message that it replies to itself", async () => {
    const discord = await openLocalDiscord();
    const relish = discord.user("relish");
    const first = relish.post("first");
    const second = relish.post("second", [], { replyTo: first });
    const third = relish.post("third", [], { replyTo: second });
    expect(third.referenced_message).toMatchObject({ content: "second" });
    expect(third.referenced_message).not.toHaveProperty("referenced_message");
  });
});
