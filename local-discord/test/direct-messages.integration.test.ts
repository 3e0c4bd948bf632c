import type { Interaction, Message } from "discord.js";
import { ButtonStyle, Client, ComponentType, Events, GatewayIntentBits, Partials, Routes } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { openLocalDiscord, ping } from "./bot.ts";

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
const button = { type: ComponentType.Button, style: ButtonStyle.Primary, label: "Press", custom_id: "p" };
const row = { type: ComponentType.ActionRow, components: [button] } as const;

/** Logs in a bot that keeps the messages and interactions it receives. */
async function listening(discord: LocalDiscord, intents = [Guilds, GuildMessages, DirectMessages]) {
  const bot = new Client({ intents, partials: [Partials.Channel], rest: { api: discord.api } });
  onTestFinished(() => bot.destroy());
  const messages: Message[] = [];
  const interactions: Interaction[] = [];
  bot.on(Events.MessageCreate, (message) => void messages.push(message));
  bot.on(Events.InteractionCreate, (interaction) => void interactions.push(interaction));
  await bot.login(discord.botToken);
  if (!bot.isReady()) await new Promise((resolve) => void bot.once(Events.ClientReady, resolve));
  await bot.application?.commands.set([
    ping,
    { ...ping, name: "here-only", contexts: [0] },
    { ...ping, name: "moderate", default_member_permissions: "8192" },
  ]);
  return { bot, messages, interactions };
}

async function first<T>(list: T[]): Promise<T> {
  await expect.poll(() => list.length).toBeGreaterThan(0);
  const [one] = list;
  if (one === undefined) throw new Error("nothing");
  return one;
}

const file = { name: "a.txt", bytes: Buffer.from("text") };

describe("direct messages", () => {
  it("reach the bot with their content and without a guild, and are answered and edited in their channel", async () => {
    const discord = await openLocalDiscord();
    const { bot, messages } = await listening(discord);
    const relish = discord.user("relish");
    relish.post("for you", [file], { dm: true });
    const message = await first(messages);
    expect(message).toMatchObject({ content: "for you", guildId: null, member: null, channelId: relish.dm });
    expect(message.channel.isDMBased()).toBe(true);
    expect(message.attachments.first()?.name).toBe("a.txt");

    const body = {
      content: "on it",
      message_reference: { message_id: message.id },
      nonce: message.id,
      enforce_nonce: true,
    };
    const sent = await bot.rest.post(Routes.channelMessages(relish.dm), { body });
    const { id } = sent as { id: string };
    await bot.rest.patch(Routes.channelMessage(relish.dm, id), { body: { content: "done" } });
    expect(relish.messages().map(({ content }) => content)).toEqual(["for you", "done"]);
    const reply = relish.messages().at(-1);
    expect(reply).toMatchObject({ type: 19, referenced_message: { id: message.id } });
    expect(reply?.message_reference).not.toHaveProperty("guild_id");
  });

  it("are visible to their person and the bot only", async () => {
    const discord = await openLocalDiscord();
    const [ketchup, relish] = [discord.user("ketchup"), discord.user("relish")];
    relish.post("for you", [], { dm: true });
    expect(ketchup.messages()).toEqual([]);
    expect(() => ketchup.post("hello", [], { channelId: relish.dm })).toThrow("Unknown Channel");
    expect(() => ketchup.command("ping", {}, { channelId: relish.dm })).toThrow("no such channel");
  });

  it("have interactions with a user and without a member", async () => {
    const discord = await openLocalDiscord();
    const { interactions } = await listening(discord);
    const relish = discord.user("relish");
    const handle = relish.command("ping", {}, { dm: true });
    const command = await first(interactions);
    if (!command.isChatInputCommand()) throw new Error("no command");
    expect(command).toMatchObject({ guildId: null, member: null, memberPermissions: null, context: 1 });
    expect(command.user.id).toBe(relish.id);
    expect(command.channel?.isDMBased()).toBe(true);
    await command.reply({ content: "pong", components: [row] });
    const answer = await handle.answer();
    expect(answer.channel_id).toBe(relish.dm);

    relish.press(answer, "Press");
    await expect.poll(() => interactions.length).toBe(2);
    const press = interactions[1];
    if (!press?.isButton()) throw new Error("no press");
    expect(press.guildId).toBeNull();
    await press.update("pressed");
    await relish.waitForMessage(({ content }) => content === "pressed");
  });

  it("have the commands with their context, whatever permissions those require in a guild", async () => {
    const discord = await openLocalDiscord();
    await listening(discord);
    const relish = discord.user("relish");
    expect(() => relish.command("here-only", {}, { dm: true })).toThrow(
      "relish may not use /here-only here.",
    );
    expect(() => relish.command("moderate")).toThrow("may not use /moderate");
    expect(relish.command("moderate", {}, { dm: true }).id).toBeTruthy();
  });

  it("can be opened by the bot, with known people only", async () => {
    const discord = await openLocalDiscord();
    const { bot } = await listening(discord);
    const relish = discord.user("relish");
    const sent = await bot.users.send(relish.id, "psst");
    expect(sent.channelId).toBe(relish.dm);
    expect(relish.messages()).toMatchObject([{ content: "psst" }]);
    const unknown = bot.rest.post(Routes.userChannels(), { body: { recipient_id: "1" } });
    await expect(unknown).rejects.toMatchObject({ status: 400, code: 50033 });
  });
});

describe("without the intent MESSAGE_CONTENT", () => {
  it("a guild message is empty unless it mentions the bot or is the bot's", async () => {
    const discord = await openLocalDiscord();
    const { bot, messages } = await listening(discord);
    const seen = () => messages.map(({ content, attachments }) => [content, attachments.size]);
    discord.user("relish").post("secret", [file]);
    await expect.poll(seen).toEqual([["", 0]]);
    const mention = `<@${discord.applicationId}> look`;
    discord.user("relish").post(mention, [file]);
    await expect.poll(seen).toEqual([
      ["", 0],
      [mention, 1],
    ]);
    await bot.rest.post(Routes.channelMessages(discord.channelId), { body: { content: "mine" } });
    await expect.poll(() => seen().at(-1)).toEqual(["mine", 0]);
  });

  it("the message that a reply refers to is empty", async () => {
    const discord = await openLocalDiscord();
    const { messages } = await listening(discord);
    const secret = discord.user("relish").post("secret");
    discord.user("mustard").post(`<@${discord.applicationId}> see above`, [], { replyTo: secret });
    await expect.poll(() => messages.length).toBe(2);
    const cached = messages[1]?.channel.messages.cache.get(secret.id);
    expect(cached?.content).toBe("");
  });

  it("messages are empty, but with it they are whole", async () => {
    const discord = await openLocalDiscord({ privilegedIntents: MessageContent });
    const { messages } = await listening(discord, [Guilds, GuildMessages, MessageContent]);
    discord.user("relish").post("no secret", [file]);
    expect(await first(messages)).toMatchObject({ content: "no secret" });
  });
});
