import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Interaction } from "discord.js";
import {
  ButtonStyle,
  ChannelType,
  ComponentType,
  Events,
  GatewayIntentBits,
  MessageType,
  Routes,
} from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord, ping } from "./bot.ts";
import { openPage } from "./client-page.ts";

const button = { type: ComponentType.Button, style: ButtonStyle.Primary, label: "Press", custom_id: "p" };
const row = { type: ComponentType.ActionRow, components: [button] } as const;
const restricted = { ...ping, name: "adults", nsfw: true };

/** Logs in a bot that answers everything, and returns its interactions, oldest first, which grow. */
async function answeringBot(discord: LocalDiscord) {
  const received: Interaction[] = [];
  const bot = await joinBot(
    discord,
    async (interaction) => {
      received.push(interaction);
      if (interaction.isButton()) await interaction.update("pressed");
      else if (interaction.isRepliable()) await interaction.reply({ content: "pong", components: [row] });
    },
    [ping, restricted],
  );
  return { bot, received };
}

describe("an interaction in a thread", () => {
  it("brings the thread with its parent, and is answered there", async () => {
    const discord = await openLocalDiscord();
    const { received } = await answeringBot(discord);
    const relish = discord.user("relish");
    const { id: channelId } = relish.createThread("new");
    const answer = await relish.command("ping", {}, { channelId }).answer();
    expect(answer.channel_id).toBe(channelId);
    await relish.press(answer, "Press").answer();
    const raw = discord.traffic().filter(({ title }) => title === "INTERACTION_CREATE");
    const channel = { id: channelId, type: 11, parent_id: discord.channelId };
    const wanted = {
      d: { channel_id: channelId, channel: { ...channel, thread_metadata: { archived: false } } },
    };
    expect(raw.map(({ response }) => response)).toMatchObject([wanted, wanted]);
    expect(received[0]?.channel?.isThread()).toBe(true);
  });

  it("unarchives it first, but is refused if it is locked", async () => {
    const discord = await openLocalDiscord();
    await answeringBot(discord);
    const relish = discord.user("relish");
    const { id: channelId } = relish.createThread("new");
    const answer = await relish.command("ping", {}, { channelId }).answer();
    relish.archive(channelId);
    expect((await relish.press(answer, "Press").answer()).content).toBe("pressed");
    discord.user("mustard").editThread(channelId, { locked: true });
    expect(() => relish.command("ping", {}, { channelId })).toThrow("The thread is locked.");
    await discord.user("mustard").command("ping", {}, { channelId }).answer();
  });

  it("may be that of an age-restricted command if the parent is age-restricted", async () => {
    const discord = await openLocalDiscord();
    await answeringBot(discord);
    const relish = discord.user("relish");
    const parent = discord.createChannel({ name: "late", nsfw: true });
    const { id: inside } = relish.createThread("new", { channelId: parent.id });
    const { id: outside } = relish.createThread("new");
    await relish.command("adults", {}, { channelId: inside }).answer();
    expect(() => relish.command("adults", {}, { channelId: outside })).toThrow("may not use /adults");
  });
});

describe("a post in a forum", () => {
  it("of a person is a thread, whose first message has its id and files", async () => {
    const discord = await openLocalDiscord();
    const { bot } = await answeringBot(discord);
    const forum = discord.createChannel({ name: "pictures", type: ChannelType.GuildForum });
    const relish = discord.user("relish");
    const bytes = Buffer.from("picture");
    const { id } = relish.createPost(forum.id, "Is it?", "look", [{ name: "a.txt", bytes }]);
    expect(await bot.channels.fetch(id, { force: true })).toMatchObject({
      parentId: forum.id,
      messageCount: 0,
    });
    const [starter] = relish.messages();
    expect(starter).toMatchObject({
      id,
      channel_id: id,
      content: "look",
      attachments: [{ filename: "a.txt" }],
    });
    expect(() => relish.createPost(forum.id, "Empty", "")).toThrow("Cannot send an empty message");
    expect(discord.guilds[0]?.threads).toHaveLength(1);
    await relish.command("ping", {}, { channelId: id }).answer();
  });

  it("of a bot needs a message, and the forum itself takes none: 50008", async () => {
    const discord = await openLocalDiscord();
    const { bot } = await answeringBot(discord);
    const { id: forumId } = discord.createChannel({ name: "pictures", type: ChannelType.GuildForum });
    await expect.poll(() => bot.channels.cache.has(forumId)).toBe(true);
    const forum = bot.channels.cache.get(forumId);
    if (forum?.type !== ChannelType.GuildForum) throw new Error("no forum");
    const files = [{ name: "a.txt", attachment: Buffer.from("a") }];
    const post = await forum.threads.create({ name: "Is it?", message: { content: "look", files } });
    expect(await post.fetchStarterMessage()).toMatchObject({ id: post.id, content: "look" });
    const create = (body: object) => bot.rest.post(Routes.threads(forumId), { body });
    await expect(create({ name: "Is it?" })).rejects.toThrow("message[BASE_TYPE_REQUIRED]");
    await expect(create({ name: " ", message: { content: "look" } })).rejects.toThrow(
      "name[BASE_TYPE_BAD_LENGTH]",
    );
    const direct = bot.rest.post(Routes.channelMessages(forumId), { body: { content: "look" } });
    await expect(direct).rejects.toMatchObject({ code: 50008 });
  });
});

describe("threads", () => {
  it("list their members for applications with the intent GUILD_MEMBERS, which also hear of other members", async () => {
    const { GuildMembers, Guilds } = GatewayIntentBits;
    const discord = await openLocalDiscord({ privilegedIntents: GuildMembers });
    const bot = await joinBot(discord, undefined, [], [Guilds, GuildMembers]);
    const changes: unknown[] = [];
    bot.on(Events.ThreadMembersUpdate, (added, removed) =>
      changes.push([[...added.keys()], [...removed.keys()]]),
    );
    const [relish, ketchup] = [discord.user("relish"), discord.user("ketchup")];
    const { id } = relish.createThread("new");
    relish.post(`<@${ketchup.id}> look`, [], { channelId: id });
    relish.removeFromThread(id, "relish");
    const joined = (added: string) => [[added], []];
    await expect.poll(() => changes).toEqual([joined(relish.id), joined(ketchup.id), [[], [relish.id]]]);
    const list = await bot.rest.get(Routes.threadMembers(id), {
      query: new URLSearchParams("with_member=true"),
    });
    expect(list).toMatchObject([{ id, user_id: ketchup.id, member: { user: { username: "ketchup" } } }]);
    const gone = bot.rest.get(Routes.threadMembers(id, relish.id));
    await expect(gone).rejects.toMatchObject({ code: 10007 });
  });

  it("survive restarts, with their members and messages", async () => {
    const folder = mkdtempSync(join(tmpdir(), "local-discord-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const before = await openLocalDiscord({ folder });
    const relish = before.user("relish");
    const source = relish.post("a picture");
    const { id } = relish.createThread("open", { message: source });
    const { id: secret } = relish.createThread("secret", { private: true });
    relish.addToThread(secret, "bot");
    before.user("mustard").editThread(id, { name: "renamed", locked: true, archived: true });
    const kept = before.guilds[0]?.threads;
    await before.close();

    const after = await openLocalDiscord({ folder });
    expect(after.guilds[0]?.threads).toEqual(kept);
    expect(after.messages().find((message) => message.id === source.id)?.thread?.name).toBe("renamed");
    const bot = await joinBot(after);
    expect([bot.channels.cache.has(id), bot.channels.cache.has(secret)]).toEqual([false, true]);
  });

  it("are sent to pages of those who see them, with the messages of one that they are added to", async () => {
    const discord = await openLocalDiscord();
    const relish = discord.user("relish");
    const { page } = discord;
    const send = (method: "PATCH" | "POST" | "PUT", path: string, body: object = {}) =>
      fetch(`${page}client/channels/${path}`, {
        method,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ user_id: relish.id, ...body }),
      });
    // Ketchup owns the first guild and sees everything, but not so in the second one.
    const channelId = discord.guilds[1]?.channels[0]?.id ?? "";
    const window = openPage(discord, "ketchup");
    const guilds = async () => (await window.next("GUILDS_UPDATE")).d[1]?.threads;
    await window.next("READY");
    const created = await send("POST", `${channelId}/threads`, { name: "secret", private: true });
    const { id } = (await created.json()) as { id: string };
    expect([await guilds(), await guilds()]).toEqual([[], []]);
    const { id: psst } = relish.post("psst", [], { channelId: id });
    await send("PUT", `${id}/thread-members/${discord.user("ketchup").id}`);
    expect((await window.next("CHANNEL_MESSAGES")).d).toMatchObject({
      channel_id: id,
      messages: [{ id: psst }],
    });
    expect(await guilds()).toMatchObject([{ id, type: ChannelType.PrivateThread, archived: false }]);
    expect((await window.next("MESSAGE_CREATE")).d.type).toBe(MessageType.RecipientAdd);
    await send("PATCH", id, { archived: true });
    expect(await guilds()).toMatchObject([{ archived: true }]);
    expect(await (await send("PUT", `${id}/thread-members/1`)).json()).toEqual({
      message: "Thread is archived",
    });
  });
});
