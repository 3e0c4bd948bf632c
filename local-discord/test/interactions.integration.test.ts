import type { Interaction } from "discord.js";
import { ButtonStyle, ComponentType, MessageFlags, REST, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";

const row = {
  type: ComponentType.ActionRow,
  components: [
    { type: ComponentType.Button, style: ButtonStyle.Primary, label: "Press me", custom_id: "press" },
  ],
} as const;

/** Returns the interaction as one that can be answered. */
function repliable(interaction: Interaction) {
  if (!interaction.isChatInputCommand() && !interaction.isButton()) throw new Error("Unexpected interaction");
  return interaction;
}

describe("an interaction", () => {
  it("contains the user, the channel and the languages", async () => {
    const discord = await openLocalDiscord({ preferredLocale: "fr" });
    const seen: unknown[] = [];
    await joinBot(discord, async (interaction) => {
      const { user, locale, guildLocale, guildId, channelId, channel, member, appPermissions, context } =
        interaction;
      seen.push({ user: user.username, locale, guildLocale, guildId, channelId, context });
      expect(channel?.isTextBased()).toBe(true);
      expect(member?.user.id).toBe(user.id);
      expect(interaction.memberPermissions?.has("SendMessages")).toBe(true);
      expect(appPermissions.has("AttachFiles")).toBe(true);
      expect(interaction.attachmentSizeLimit).toBe(10 * 1024 * 1024);
      await repliable(interaction).reply("pong");
    });
    await discord.user("mustard").command("ping", {}, { locale: "fr" }).answer();
    const { guildId, channelId } = discord;
    expect(seen).toEqual([
      { user: "mustard", locale: "fr", guildLocale: "fr", guildId, channelId, context: 0 },
    ]);
  });

  it("is answered at once, in a message that names the interaction", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      const response = await repliable(interaction).reply({ content: "pong", withResponse: true });
      expect(response.resource?.message?.content).toBe("pong");
    });
    const ketchup = discord.user("ketchup");
    const handle = ketchup.command("ping");
    expect(await handle.answer()).toMatchObject({
      type: 20,
      content: "pong",
      flags: 0,
      edited_timestamp: null,
      author: { id: discord.applicationId },
      interaction_metadata: { id: handle.id, user: { id: ketchup.id } },
      interaction: { id: handle.id, name: "ping", user: { id: ketchup.id } },
    });
  });

  it("shows 'thinking' until a deferred answer is edited for the first time, which does not count as an edit", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      const command = repliable(interaction);
      await command.deferReply();
      await discord.user("relish").waitForMessage(({ flags }) => flags === MessageFlags.Loading);
      await command.editReply("pong");
    });
    const answer = await discord.user("ketchup").command("ping").answer();
    expect(answer).toMatchObject({ content: "pong", flags: 0, edited_timestamp: null });
  });

  it("marks a later edit with its time", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      await repliable(interaction).reply("pong");
      await repliable(interaction).editReply("pong!");
    });
    discord.user("ketchup").command("ping");
    const edited = await discord.waitForMessage(({ content }) => content === "pong!");
    expect(edited.edited_timestamp).not.toBeNull();
  });

  it("turns a deferred placeholder into a message of components", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      await repliable(interaction).deferReply();
      const components = [{ type: ComponentType.TextDisplay, content: "pong" } as const];
      await repliable(interaction).editReply({ components, flags: MessageFlags.IsComponentsV2 });
    });
    const answer = await discord.user("ketchup").command("ping").answer();
    expect(answer.flags).toBe(MessageFlags.IsComponentsV2);
    expect(answer.components).toEqual([{ type: 10, content: "pong" }]);
  });

  it("refuses content with Components V2, and can still be answered", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      const components = [{ type: ComponentType.TextDisplay, content: "pong" } as const];
      const wrong = { content: "pong", components, flags: MessageFlags.IsComponentsV2 } as const;
      await expect(repliable(interaction).reply(wrong)).rejects.toMatchObject({
        code: 50035,
        rawError: {
          errors: {
            data: { content: { _errors: [{ code: "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2" }] } },
          },
        },
      });
      await repliable(interaction).reply("sorry");
    });
    expect((await discord.user("ketchup").command("ping").answer()).content).toBe("sorry");
  });

  it("refuses Components V2 without their flag", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      const components = [{ type: ComponentType.TextDisplay, content: "pong" } as const];
      await expect(repliable(interaction).reply({ components })).rejects.toMatchObject({
        code: 50035,
        rawError: { errors: { data: { components: { 0: { _errors: [{ code: "UNION_TYPE_CHOICES" }] } } } } },
      });
      await repliable(interaction).reply("sorry");
    });
    await discord.user("ketchup").command("ping").answer();
  });

  it("names the path of an error deep in the components", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      const button = { ...row.components[0], custom_id: "c".repeat(101) };
      const wrong = { components: [{ ...row, components: [button] }] };
      await expect(repliable(interaction).reply(wrong)).rejects.toThrow(
        "data.components[0].components[0].custom_id[BASE_TYPE_MAX_LENGTH]: Must be 100 or fewer in length.",
      );
      await repliable(interaction).reply("sorry");
    });
    await discord.user("ketchup").command("ping").answer();
  });

  it("shows an ephemeral answer to one person, and the bot cannot reach it as a channel message", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord, async (interaction) => {
      await repliable(interaction).reply({ content: "secret", flags: MessageFlags.Ephemeral });
    });
    const answer = await discord.user("ketchup").command("ping").answer();
    expect(answer.flags).toBe(MessageFlags.Ephemeral);
    expect(discord.user("ketchup").messages()).toHaveLength(1);
    expect(discord.user("mustard").messages()).toHaveLength(0);
    const route = Routes.channelMessage(discord.channelId, answer.id);
    await expect(bot.rest.get(route)).rejects.toMatchObject({ code: 10008 });
    expect(await bot.rest.get(Routes.channelMessages(discord.channelId))).toEqual([]);
  });

  it("fills the placeholder with the first follow-up, as private as the placeholder; the next one is a new message", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      await repliable(interaction).deferReply({ flags: MessageFlags.Ephemeral });
      await repliable(interaction).followUp("first");
      await repliable(interaction).followUp("second");
    });
    const handle = discord.user("ketchup").command("ping");
    const second = await discord.waitForMessage(({ content }) => content === "second");
    const first = await handle.answer();
    expect(first).toMatchObject({ content: "first", flags: MessageFlags.Ephemeral });
    expect(second).not.toHaveProperty("referenced_message");
    expect(second).toMatchObject({
      flags: 0,
      message_reference: { message_id: first.id },
      interaction_metadata: { id: handle.id, original_response_message_id: first.id },
    });
    expect(
      discord
        .user("mustard")
        .messages()
        .map(({ content }) => content),
    ).toEqual(["second"]);
  });

  it("lets a public placeholder be deleted and followed up privately", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      await repliable(interaction).deferReply();
      await repliable(interaction).deleteReply();
      await repliable(interaction).followUp({ content: "for you", flags: MessageFlags.Ephemeral });
    });
    const answer = await discord.user("ketchup").command("ping").answer();
    expect(answer).toMatchObject({ content: "for you", flags: MessageFlags.Ephemeral });
    expect(discord.user("mustard").messages()).toEqual([]);
    expect(discord.messages()).toHaveLength(1);
  });

  it("edits, fetches and deletes its own follow-ups by their ids", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      const command = repliable(interaction);
      await command.reply("pong");
      const more = await command.followUp("more");
      await command.editReply({ message: more.id, content: "even more" });
      expect((await command.fetchReply(more.id)).content).toBe("even more");
      await command.deleteReply(more.id);
      await expect(command.fetchReply(more.id)).rejects.toMatchObject({ code: 10008, status: 404 });
      const foreign = discord.user("relish").post("not yours");
      await expect(command.deleteReply(foreign.id)).rejects.toMatchObject({ code: 10008 });
      await command.editReply("done");
    });
    discord.user("ketchup").command("ping");
    await discord.waitForMessage(({ content }) => content === "done");
    expect(discord.messages().map(({ content }) => content)).toEqual(["done", "not yours"]);
  });
});

describe("a press", () => {
  it("lets its message be edited and deleted with its token, beside a new answer", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      if (!interaction.isButton())
        return repliable(interaction).reply({ content: "press", components: [row] });
      await interaction.reply("pressed");
      await interaction.webhook.editMessage(interaction.message.id, { content: "old", components: [] });
      return interaction.webhook.deleteMessage(interaction.message.id);
    });
    const relish = discord.user("relish");
    const edited = discord.waitForMessage(({ content }) => content === "old");
    const answer = await relish.press(await relish.command("ping").answer(), "Press me").answer();
    expect(answer.content).toBe("pressed");
    await edited;
    await expect.poll(() => discord.messages().map(({ content }) => content)).toEqual(["pressed"]);
  });

  it("updates its message, or is answered in a new one", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord, async (interaction) => {
      if (!interaction.isButton())
        return interaction.isRepliable() && interaction.reply({ components: [row] });
      expect(interaction.component.type).toBe(ComponentType.Button);
      if (interaction.user.username === "mustard") return interaction.update("pressed");
      return interaction.reply({ content: "noted", flags: MessageFlags.Ephemeral });
    });
    const message = await discord.user("ketchup").command("ping").answer();
    const noted = await discord.user("relish").press(message, "Press me").answer();
    expect(noted).toMatchObject({
      type: 19,
      content: "noted",
      mentions: [],
      message_reference: { message_id: message.id },
      interaction_metadata: { type: 3, interacted_message_id: message.id },
    });
    const updated = await discord.user("mustard").press(message, "press").answer();
    expect(updated).toMatchObject({ id: message.id, content: "pressed", components: [{ type: 1 }] });
    expect(bot.isReady()).toBe(true);
  });

  it("can be deferred without a visible change, and edit its message later", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      if (!interaction.isButton())
        return interaction.isRepliable() && interaction.reply({ components: [row] });
      await interaction.deferUpdate();
      return interaction.editReply({ content: "pressed", components: [] });
    });
    const message = await discord.user("ketchup").command("ping").answer();
    const answer = await discord.user("mustard").press(message, "press").answer();
    expect(answer).toMatchObject({ id: message.id, content: "pressed", components: [] });
    expect(() => discord.user("mustard").press(message, "press")).toThrow('no button "press"');
  });
});

describe("an acknowledgement", () => {
  it("after 3 s is refused with 10062, and the interaction fails", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      discord.advance(3_001);
      const late = repliable(interaction).reply("late");
      await expect(late).rejects.toMatchObject({ code: 10062, status: 404 });
    });
    const handle = discord.user("ketchup").command("ping");
    await handle.failed();
    await expect(handle.answer()).rejects.toThrow("The application did not respond within 3 s.");
    expect(discord.messages()).toEqual([]);
  });

  it("that never comes fails the interaction, with or without a bot", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const ignored = discord.user("ketchup").command("ping");
    await bot.destroy();
    const unheard = discord.user("mustard").command("ping");
    discord.advance(3_000);
    await expect(Promise.all([ignored.failed(), unheard.failed()])).resolves.toBeDefined();
  });

  it("counts once: the second is refused with 40060", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      await repliable(interaction).reply("once");
      const callback = Routes.interactionCallback(interaction.id, interaction.token);
      const again = interaction.client.rest.post(callback, { body: { type: 5 }, auth: false });
      await expect(again).rejects.toMatchObject({ code: 40060, status: 400 });
    });
    await discord.user("ketchup").command("ping").answer();
    expect(discord.messages()).toHaveLength(1);
  });
});

describe("an interaction's token", () => {
  it("does not work before the acknowledgement: 10015", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      const early = repliable(interaction).webhook.send("early");
      await expect(early).rejects.toMatchObject({ code: 10015, status: 404 });
      await repliable(interaction).reply("now");
    });
    await discord.user("ketchup").command("ping").answer();
  });

  it("expires after 15 minutes: 50027, as for an unknown one", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      await repliable(interaction).deferReply();
      discord.advance(15 * 60_000 + 1);
      const late = repliable(interaction).editReply("late");
      await expect(late).rejects.toMatchObject({ code: 50027, status: 401 });
      await repliable(interaction).client.rest.post(Routes.channelMessages(discord.channelId), {
        body: { content: "late, but here" },
      });
    });
    discord.user("ketchup").command("ping");
    await discord.waitForMessage(({ content }) => content === "late, but here");
    const rest = new REST({ api: discord.api });
    const unknown = rest.get(Routes.webhookMessage(discord.applicationId, "unknown"), { auth: false });
    await expect(unknown).rejects.toMatchObject({ code: 50027 });
  });
});
