import type { ModalSubmitInteraction } from "discord.js";
import { ButtonStyle, ComponentType, MessageFlags } from "discord.js";
import { describe, expect, it } from "vitest";
import { callback } from "./callback.ts";
import { modalOf, text } from "./components.ts";
import { modalBot } from "./modal-bot.ts";

const bot = modalBot();
const { opens } = bot;

describe("a modal that a button opens", () => {
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    label: "Go",
    custom_id: "go",
  } as const;
  const components = [{ type: ComponentType.ActionRow, components: [button] }] as const;

  /** Shows a button, ephemeral or not, whose modal is answered by `onSubmit`. */
  async function press(
    flags: MessageFlags.Ephemeral | undefined,
    onSubmit: (submit: ModalSubmitInteraction) => Promise<unknown>,
  ) {
    const relish = bot.discord.user("relish");
    bot.onInteraction(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: "before", components, ...(flags ? { flags } : {}) });
      if (interaction.isButton()) await interaction.showModal(modalOf(text("text")));
      if (interaction.isModalSubmit()) await onSubmit(interaction);
    });
    const message = await relish.command("open").answer();
    const pressed = relish.press(message, "Go");
    const submit = relish.submit(await pressed.modal(), { text: "after" });
    return { message, pressed, submit };
  }

  it.each([undefined, MessageFlags.Ephemeral] as const)("updates its message (flags %s)", async (flags) => {
    const { message, submit } = await press(flags, async (interaction) => {
      expect(interaction.isFromMessage()).toBe(true);
      const { id, content } = interaction.message ?? {};
      expect(content).toBe("before");
      const body = { content: interaction.fields.getTextInputValue("text"), components: [] };
      if (interaction.isFromMessage()) await interaction.update(body);
      expect(await interaction.fetchReply()).toMatchObject({ id });
    });
    expect(await submit.answer()).toMatchObject({ id: message.id, content: "after", components: [] });
  });

  it("updates its message later, and adds follow-ups", async () => {
    const { message, submit } = await press(undefined, async (interaction) => {
      await interaction.deferUpdate();
      await interaction.editReply("after");
      await interaction.followUp("more");
    });
    expect(await submit.answer()).toMatchObject({ id: message.id, content: "after" });
    await bot.discord.waitForMessage(({ content }) => content === "more");
  });

  it("is answered by a reply to its message, which names both interactions", async () => {
    const { message, pressed, submit } = await press(undefined, (interaction) => interaction.reply("done"));
    expect(await submit.answer()).toMatchObject({
      type: 19,
      message_reference: { message_id: message.id },
      interaction_metadata: {
        id: submit.id,
        type: 5,
        triggering_interaction_metadata: {
          id: pressed.id,
          type: 3,
          interacted_message_id: message.id,
        },
      },
    });
  });
});

describe("a modal that a command opens", () => {
  it("can be submitted in French, in direct messages", async () => {
    const ketchup = bot.discord.user("ketchup");
    opens(modalOf(text("text")), async (submit) => {
      expect(submit).toMatchObject({ locale: "fr", guildId: null, channelId: ketchup.dm });
      expect(submit.user.username).toBe("ketchup");
      await submit.deferReply();
      await submit.editReply("fait");
    });
    const command = ketchup.command("open", {}, { locale: "fr", dm: true });
    const submit = ketchup.submit(await command.modal(), { text: "oui" });
    expect(await submit.answer()).toMatchObject({
      type: 20,
      content: "fait",
      channel_id: ketchup.dm,
      interaction: { id: submit.id, type: 5, name: "open" },
      interaction_metadata: {
        id: submit.id,
        type: 5,
        triggering_interaction_metadata: { id: command.id, type: 2 },
      },
    });
  });

  it("can be acknowledged without showing anything, but updates no message", async () => {
    const relish = bot.discord.user("relish");
    const before = relish.messages().length;
    const seen: unknown[] = [];
    opens(modalOf(text("text")), async (submit) => {
      const update = callback(submit, { type: 7, data: { content: "wrong" } });
      await expect(update).rejects.toMatchObject({ code: 50035 });
      await submit.deferUpdate();
      await expect(submit.fetchReply()).rejects.toMatchObject({ code: 10008 });
      seen.push(submit.id);
    });
    const submit = relish.submit(await relish.command("open").modal(), { text: "quiet" });
    await expect.poll(() => seen).toEqual([submit.id]);
    expect(relish.messages()).toHaveLength(before);
  });

  it("belongs to the message of a message command", async () => {
    const relish = bot.discord.user("relish");
    opens(modalOf(text("reason")));
    const message = relish.post("look");
    const opened = await relish.messageCommand("Report", message).modal();
    expect(await relish.submit(opened, { reason: "none" }).answer()).toMatchObject({
      type: 23,
      interaction_metadata: { triggering_interaction_metadata: { target_message_id: message.id } },
    });
  });
});
