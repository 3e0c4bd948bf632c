import { PermissionsBitField, type ChatInputCommandInteraction } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandSettings } from "../../src/commands/command.ts";
import { help } from "../../src/commands/help.ts";
import { commands } from "../../src/commands/index.ts";
import { LANGUAGES } from "../../src/texts/texts.ts";
import { COMMAND_NAMES } from "../command-names.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { isPrivate, textOf } from "../worker/channel-project.ts";

/** Discord's limit for all texts of a message with Components V2. */
const MAX_TEXT_LENGTH = 4_000;

const ALL_PERMISSIONS = new PermissionsBitField(PermissionsBitField.All);

/** The owner of the bot, in its home server. */
const AS_OWNER = { guildId: "1", user: { id: "42" } };

/** What `/help` answers, without Discord. */
function textFor(interaction: object, settings: Partial<CommandSettings> = {}): string {
  const admins = { owners: new Set(["42"]), homeGuild: () => "1" };
  const { reply } = help.execute(interaction as ChatInputCommandInteraction, { admins, ...settings });
  return reply.map(({ content }) => content).join("");
}

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
    const answer = await bot.discord.user(user).command("help", {}, options).answer();
    expect(isPrivate(answer)).toBe(true);
    return textOf(answer);
  }

  it.each([...LANGUAGES.keys()])(
    "lists all commands for somebody who may use them all (%s)",
    async (locale) => {
      const said = await helpFor("ketchup", { locale });
      const nameOf = (data: { name: string; name_localizations?: object | null | undefined }): string =>
        new Map(Object.entries(data.name_localizations ?? {})).get(locale) ?? data.name;
      // Whoever reads this has found /help.
      const slash = commands.slash.filter(({ data }) => data.name !== help.data.name);
      const mentions = slash.map(async ({ data }) => {
        const { id } = await bot.discord.waitForCommand(data.name);
        return { name: `/${data.name}`, mention: new RegExp(`</${nameOf(data)}( [^:]+)?:${id}>`) };
      });
      const inMenus = commands.message.map(({ data }) => ({
        name: data.name,
        mention: new RegExp(RegExp.escape(nameOf(data))),
      }));
      const all = [...(await Promise.all(mentions)), ...inMenus];
      const unmentioned = all.filter(({ mention }) => !mention.test(said)).map(({ name }) => name);
      const advice = "commands that src/commands/help.ts must mention";
      expect({ locale, [advice]: unmentioned }).toEqual({ locale, [advice]: [] });
    },
  );

  it("tells everyone, privately and without a worker, only what they may do", async () => {
    const said = await helpFor("relish");
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
      `"msg":"the commands were published: created ${COMMAND_NAMES.join(", ")}"`,
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

  it.each([...LANGUAGES.keys()])("fits in one message of Discord, with all its lines (%s)", (locale) => {
    const { length } = textFor(
      { ...AS_OWNER, locale, authorizingIntegrationOwners: { 0: "1" }, memberPermissions: ALL_PERMISSIONS },
      {
        privacyUrl: `https://example.org/${"privacy".repeat(10)}`,
        commandIds: new Map(commands.slash.map(({ data }) => [data.name, "1573801441280131072"])),
      },
    );
    const excess = Math.max(0, length - MAX_TEXT_LENGTH);
    const advice = "characters to remove from the lines of help.ts in src/texts";
    expect({ locale, [advice]: excess }).toEqual({ locale, [advice]: 0 });
  });

  it("links to the operator's privacy page", async () => {
    await using led = await hotdogBot({ worker: false, privacyUrl: "https://example.org/privacy" });
    const relish = led.discord.user("relish");
    expect(textOf(await relish.command("help").answer())).toContain("<https://example.org/privacy>");
    const inFrench = await relish.command("help", {}, { locale: "fr" }).answer();
    expect(textOf(inFrench)).toMatch(/En savoir plus .*<https:\/\/example\.org\/privacy>/);
  });

  it("explains only /stats to a person who added the bot only for themselves", () => {
    const content = textFor({
      ...AS_OWNER,
      locale: "en-US",
      authorizingIntegrationOwners: { 1: "42" },
      memberPermissions: null,
    });
    expect(content).toContain(
      "In servers that have added me, and in direct messages to me, you can label images with `/hotdog`",
    );
    expect(content).not.toContain("Press 0 or 1");
  });
});
