import type { ChatInputCommandInteraction } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { help } from "../../src/commands/help.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";

describe("/help", () => {
  let bot: HotdogBot;

  beforeAll(async () => {
    bot = await hotdogBot({ worker: false });
  });

  afterAll(() => bot[Symbol.asyncDispose]());

  async function helpFor(
    user: "ketchup" | "mustard" | "relish",
    options: { locale?: string; dm?: boolean; channelId?: string } = {},
  ): Promise<string> {
    const { content, flags } = await bot.discord.user(user).command("help", {}, options).answer();
    expect(flags).toBe(64);
    return content;
  }

  it("lists all commands, privately, without a worker", async () => {
    const said = await helpFor("relish");
    for (const command of ["stats", "hotdog", "round", "upload", "progress", "my-data", "forget-me"]) {
      const { id } = await bot.discord.waitForCommand(command);
      expect(said).toContain(`</${command}:${id}> `);
    }
    const { id: projectId } = await bot.discord.waitForCommand("project");
    expect(said).toContain(`</project info:${projectId}> describes the one of this channel`);
    expect(said).not.toContain("/project create");
    expect(said).toContain("Add to image set");
    expect(said).toContain("What is stored");
    expect(said).not.toContain("https://");
    expect(said).not.toContain("Remove from image set");
    expect(said).not.toContain("/export");
  });

  it("is published with the other commands, and the log says so in one line, once", async () => {
    expect(bot.logged()).toContain(
      '"msg":"the commands were published: created /stats, /hotdog, /round, /label, /me, /upload, /progress, /labelers, /export, /project, /my-data, /forget-me, /help, Add to image set, Remove from image set, Set gold answer"',
    );
    await bot.restartBot();
    expect(bot.logged().match(/the commands were published/g)).toHaveLength(1);
  });

  it("explains removing images and gold answers to those who can, in a server", async () => {
    expect(await helpFor("ketchup")).toContain("Remove from image set");
    expect(await helpFor("ketchup")).toContain("Set gold answer");
    expect(await helpFor("ketchup", { dm: true })).not.toContain("Remove from image set");
    expect(await helpFor("ketchup", { dm: true })).toContain("/hotdog");
  });

  it("explains the export, and projects, to members who can manage the server", async () => {
    expect(await helpFor("ketchup")).toContain("/export");
    expect(await helpFor("ketchup")).toContain("</project create:");
    // A member who can manage messages, but not the server.
    expect(await helpFor("mustard")).not.toContain("/export");
    expect(await helpFor("mustard")).not.toContain("/project create");
    const channelId = bot.discord.guilds[1]?.channels[0]?.id ?? "";
    expect(await helpFor("mustard", { channelId })).toContain("/export");
  });

  it("explains only what can be used in direct messages", async () => {
    const said = await helpFor("relish", { dm: true });
    expect(said).toContain("</round:");
    expect(said).not.toContain("/project");
    expect(said).not.toContain("/export");
    expect(said).not.toContain("/labelers");
    // The owner of the application can export from anywhere.
    expect(await helpFor("ketchup", { dm: true })).toContain("/export");
  });

  it("speaks French", async () => {
    const said = await helpFor("ketchup", { locale: "fr" });
    expect(said).toContain("Ce que je fais");
    expect(said).toContain("Ajouter aux images");
    expect(said).toContain("Retirer des images");
    expect(said).toContain("Fixer la réponse de référence");
    const { id } = await bot.discord.waitForCommand("progress");
    expect(said).toContain(`</progression:${id}> dit si c’est fini`);
    expect(said).toMatch(/<\/forget-me:\d+> l’efface/);
    expect(said).toMatch(/<\/projet info:\d+> décrit celui de ce salon/);
  });

  it.each(["en-US", "fr"])(
    "has a paragraph for each command, in one message of Discord (%s)",
    async (locale) => {
      const privacyUrl = `https://example.org/${"privacy".repeat(10)}`;
      await using led = await hotdogBot({ worker: false, privacyUrl });
      const { content } = await led.discord.user("ketchup").command("help", {}, { locale }).answer();
      expect(content.length).toBeLessThanOrEqual(2_000);
      const paragraphs = content.split("\n\n");
      expect(paragraphs).toHaveLength(13);
      expect(paragraphs.filter((paragraph) => /<\/[\p{L} -]+:\d+>/u.test(paragraph))).toHaveLength(11);
    },
  );

  it("links to the operator's privacy page", async () => {
    await using led = await hotdogBot({ worker: false, privacyUrl: "https://example.org/privacy" });
    const relish = led.discord.user("relish");
    expect((await relish.command("help").answer()).content).toContain("<https://example.org/privacy>");
    const inFrench = await relish.command("help", {}, { locale: "fr" }).answer();
    expect(inFrench.content).toMatch(/En savoir plus .*<https:\/\/example\.org\/privacy>/);
  });

  it("explains only /stats to a person who added the bot only for themselves", () => {
    const interaction = {
      locale: "en-US",
      authorizingIntegrationOwners: { 1: "42" },
      memberPermissions: null,
      guildId: "1",
      user: { id: "42" },
    } as unknown as ChatInputCommandInteraction;
    const { reply } = help.execute(interaction, {
      admins: { owners: new Set(["42"]), homeGuild: () => "1" },
    });
    expect(reply).toContain(
      "In servers that have added me, and in direct messages to me, you can label images with `/hotdog`",
    );
    expect(reply).not.toContain("Press 0 or 1");
  });
});
