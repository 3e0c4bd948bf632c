import type { UserContextMenuCommandInteraction } from "discord.js";
import { MessageType } from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";

async function greeting(more: object = {}) {
  const discord = await openLocalDiscord();
  const received: UserContextMenuCommandInteraction[] = [];
  await joinBot(
    discord,
    async (interaction) => {
      if (!interaction.isUserContextMenuCommand()) return;
      received.push(interaction);
      await interaction.reply(`Hello ${interaction.targetUser.username}`);
    },
    [{ type: 2, name: "Say Hello", ...more }],
  );
  return { discord, received, relish: discord.user("relish") };
}

describe("a user command", () => {
  it("contains the person and the member, and its answer names the command", async () => {
    const { discord, received, relish } = await greeting();
    const mustard = discord.user("mustard");
    const answer = await relish.userCommand("Say Hello", mustard.id, { locale: "fr" }).answer();
    expect(answer).toMatchObject({
      content: "Hello mustard",
      type: MessageType.ContextMenuCommand,
      interaction: { name: "Say Hello", user: { username: "relish" } },
      interaction_metadata: { target_user: { id: mustard.id } },
    });
    expect(answer).not.toHaveProperty("message_reference");
    const [first] = received;
    expect(first?.targetId).toBe(mustard.id);
    expect(first?.locale).toBe("fr");
    expect(first?.targetMember).toHaveProperty("roles");
    const channelId = discord.guilds[1]?.channels[0]?.id ?? "";
    await relish.userCommand("Say Hello", discord.applicationId, { channelId }).answer();
    expect(received[1]?.targetUser.bot).toBe(true);
  });

  it("works in direct messages on the two who are there", async () => {
    const { discord, received, relish } = await greeting();
    await relish.userCommand("Say Hello", relish.id, { dm: true }).answer();
    await relish.userCommand("Say Hello", discord.applicationId, { dm: true }).answer();
    expect(received.map(({ targetMember }) => targetMember)).toEqual([null, null]);
    const mustard = discord.user("mustard").id;
    expect(() => relish.userCommand("Say Hello", mustard, { dm: true })).toThrow(
      `The user ${mustard} is not in this channel.`,
    );
  });

  it("is refused for unknown names and people, and without its permissions", async () => {
    const { discord, relish } = await greeting({ default_member_permissions: "8192" });
    expect(() => relish.userCommand("Say Hello", relish.id)).toThrow('relish may not use "Say Hello" here.');
    const mustard = discord.user("mustard");
    expect(() => mustard.userCommand("Say Bye", relish.id)).toThrow(
      'There is no command "Say Bye". Registered: "Say Hello".',
    );
    expect(() => mustard.userCommand("Say Hello", "1")).toThrow("There is no user 1.");
  });
});

describe("an age-restricted command", () => {
  it("cannot be used in other channels and in direct messages", async () => {
    const { discord, relish } = await greeting({ nsfw: true });
    expect(await discord.waitForCommand("Say Hello")).toMatchObject({ nsfw: true });
    for (const where of [{}, { dm: true }]) {
      expect(() => relish.userCommand("Say Hello", relish.id, where)).toThrow("relish may not use");
    }
  });
});
