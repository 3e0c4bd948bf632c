import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIMessage } from "discord.js";
import { MessageFlags, Routes } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Playground } from "../src/start.ts";
import { joinBot, openPlayground } from "./bot.ts";
import { openPage } from "./client-page.ts";

/** What a page that is opened now shows as the original of the last message. */
async function original(playground: Playground): Promise<APIMessage["referenced_message"]> {
  const { messages } = (await openPage(playground, "ketchup").next("READY")).d;
  return messages[playground.channelId]?.at(-1)?.referenced_message;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "playground-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe("the message that another replies to", () => {
  it("is as it is now, and null when it is deleted; after a restart too", async () => {
    const folder = temporaryFolder();
    const playground = await openPlayground({ folder });
    const bot = await joinBot(playground);
    const route = Routes.channelMessages(playground.channelId);
    const asked = (await bot.rest.post(route, { body: { content: "before" } })) as APIMessage;
    const reply = playground.user("relish").post("reply", [], { replyTo: asked });
    expect(reply.referenced_message).toMatchObject({ content: "before" });
    const one = Routes.channelMessage(playground.channelId, asked.id);
    await bot.rest.patch(one, { body: { content: "after" } });
    expect(await original(playground)).toMatchObject({ content: "after" });
    await bot.rest.delete(one);
    expect(await original(playground)).toBeNull();
    expect(playground.messages().at(-1)?.referenced_message).toBeNull();

    const copy = temporaryFolder();
    cpSync(folder, copy, { recursive: true });
    expect(await original(await openPlayground({ folder: copy }))).toBeNull();
  });

  it("comes with a follow-up where both are for one person, and with no public one", async () => {
    const playground = await openPlayground();
    await joinBot(playground, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply({ content: "secret", flags: MessageFlags.Ephemeral });
      await interaction.followUp({ content: "more", flags: MessageFlags.Ephemeral });
      await interaction.followUp("for all");
    });
    const ketchup = playground.user("ketchup");
    ketchup.command("ping");
    const open = await playground.user("mustard").waitForMessage(({ content }) => content === "for all");
    expect(open).not.toHaveProperty("referenced_message");
    const [secret, more] = ketchup.messages();
    expect(more).toMatchObject({
      content: "more",
      referenced_message: { id: secret?.id, content: "secret" },
    });
  });

  it("is given out without what it replies to itself", async () => {
    const playground = await openPlayground();
    const relish = playground.user("relish");
    const first = relish.post("first");
    const second = relish.post("second", [], { replyTo: first });
    const third = relish.post("third", [], { replyTo: second });
    expect(third.referenced_message).toMatchObject({ content: "second" });
    expect(third.referenced_message).not.toHaveProperty("referenced_message");
  });
});
