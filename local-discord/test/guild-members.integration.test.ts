import { Client, Events, GatewayIntentBits, PermissionFlagsBits, Routes } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalDiscord, type LocalDiscord } from "../src/start.ts";
import { openPage } from "./client-page.ts";

const { GuildMembers, GuildModeration, Guilds } = GatewayIntentBits;
const {
  BanMembers,
  ChangeNickname,
  KickMembers,
  ManageGuild,
  ManageNicknames,
  ManageRoles,
  ModerateMembers,
  SendMessages,
  UseApplicationCommands,
} = PermissionFlagsBits;

let discord: LocalDiscord;
let client: Client<true>;
/** The events about guilds that the bot got and no test has looked at. */
const events: { t: string; d: object }[] = [];
const errors: string[] = [];

beforeAll(async () => {
  discord = await startLocalDiscord({
    port: 0,
    privilegedIntents: GuildMembers,
    rateLimits: false,
    log: (line) => void errors.push(line),
  });
  discord.removeBot(discord.guildId);
  discord.addBot(discord.guildId, {
    permissions:
      KickMembers |
      BanMembers |
      ManageGuild |
      ManageNicknames |
      ManageRoles |
      ModerateMembers |
      SendMessages |
      UseApplicationCommands,
  });
  const bot = new Client({ intents: [Guilds, GuildMembers, GuildModeration], rest: { api: discord.api } });
  const ready = new Promise<Client<true>>((resolve) => void bot.once(Events.ClientReady, resolve));
  await bot.login(discord.botToken);
  client = await ready;
  await client.application.commands.set([{ name: "ping", description: "Says pong" }]);
  bot.on(Events.Raw, (event: { t: string; d: object }) => {
    if (event.t.startsWith("GUILD_")) events.push(event);
  });
});

afterAll(async () => {
  await client.destroy();
  await discord.close();
  const unexpected = errors.filter((line) => !line.includes("the field icon of guilds"));
  if (unexpected.length > 0) throw new Error(unexpected.join("\n"));
});

/** Waits for the next events of these names in this order, and returns their data. Drops those between. */
async function heard(...names: string[]): Promise<object[]> {
  const data: object[] = [];
  for (const name of names) {
    const find = () => events.findIndex(({ t }) => t === name);
    await expect.poll(find, { message: name }).not.toBe(-1);
    data.push(
      ...events
        .splice(0, find() + 1)
        .slice(-1)
        .map(({ d }) => d),
    );
  }
  return data;
}

const person = (name: string) => discord.user(name);
const memberRoute = (name: string) => Routes.guildMember(discord.guildId, person(name).id);
const refused = (promise: Promise<unknown>, code: number, status = 403) =>
  expect(promise).rejects.toMatchObject({ code, status });

describe("a guild and its users", () => {
  it("are read: the guild, the guilds of the bot, members by page, name and id, and users", async () => {
    const { rest } = client;
    const { guildId } = discord;
    expect(
      await rest.get(Routes.guild(guildId), { query: new URLSearchParams("with_counts=true") }),
    ).toMatchObject({
      name: "Local Guild",
      approximate_member_count: 4,
      roles: [{ name: "@everyone" }, { name: "moderator" }, { name: "bot", managed: true }],
    });
    const own = (await rest.get(Routes.userGuilds())) as { id: string; permissions: string }[];
    expect(own.map(({ id }) => id)).toEqual(discord.guilds.map(({ id }) => id));
    expect(BigInt(own[0]?.permissions ?? 0) & KickMembers).toBe(KickMembers);
    const query = (text: string) => ({ query: new URLSearchParams(text) });
    const names = async (path: `/${string}`, text: string) =>
      ((await rest.get(path, query(text))) as { user: { username: string } }[]).map(
        ({ user }) => user.username,
      );
    const members = Routes.guildMembers(guildId);
    expect(await names(members, "limit=3")).toEqual(["bot", "ketchup", "mustard"]);
    expect(await names(members, `limit=3&after=${person("ketchup").id}`)).toEqual(["mustard", "relish"]);
    expect(await names(Routes.guildMembersSearch(guildId), "query=REL")).toEqual(["relish"]);
    expect(await rest.get(memberRoute("mustard"))).toMatchObject({ nick: null, roles: [expect.any(String)] });
    expect(await rest.get(Routes.user(person("relish").id))).toMatchObject({ username: "relish" });
    await refused(rest.get(Routes.user("1")), 10013, 404);
    await refused(rest.get(Routes.guildMember(guildId, "1")), 10007, 404);
    await refused(rest.get(Routes.guild("1")), 10004, 404);
    await expect(rest.get(members, query("limit=0"))).rejects.toMatchObject({ code: 50035 });
  });

  it("is edited, which needs Manage Guild: GUILD_UPDATE", async () => {
    const body = { name: "Kitchen", description: "Food", system_channel_id: discord.channelId };
    expect(await client.rest.patch(Routes.guild(discord.guildId), { body })).toMatchObject(body);
    expect(await heard("GUILD_UPDATE")).toMatchObject([body]);
    expect(discord.guilds[0]?.name).toBe("Kitchen");
    const other = Routes.guild(discord.guilds[1]?.id ?? "");
    await refused(client.rest.patch(other, { body: { name: "Mine" } }), 50013);
    await expect(
      client.rest.patch(Routes.guild(discord.guildId), { body: { name: "K" } }),
    ).rejects.toMatchObject({ code: 50035 });
    await refused(client.rest.patch(Routes.guild(discord.guildId), { body: { icon: "data:" } }), 0, 404);
  });
});

describe("a role", () => {
  it("is created, edited, moved and deleted, with events, below the bot's own", async () => {
    const { rest } = client;
    const roles = Routes.guildRoles(discord.guildId);
    const [moderator, own] = ["moderator", "bot"].map(
      (name) => discord.guilds[0]?.roles.find((role) => role.name === name)?.id ?? "",
    );
    const created = (await rest.post(roles, {
      body: { name: "Cooks", color: 0xff0000, permissions: String(KickMembers), hoist: true },
    })) as { id: string };
    expect(created).toMatchObject({
      name: "Cooks",
      color: 0xff0000,
      permissions: String(KickMembers),
      position: 1,
    });
    expect(await heard("GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_UPDATE")).toMatchObject([
      { role: { id: created.id } },
      { role: { id: moderator, position: 2 } },
      { role: { id: own, position: 3 } },
    ]);
    const route = Routes.guildRole(discord.guildId, created.id);
    expect(await rest.patch(route, { body: { mentionable: true } })).toMatchObject({ mentionable: true });
    await rest.patch(roles, { body: [{ id: created.id, position: 2 }] });
    expect(await heard("GUILD_ROLE_UPDATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_UPDATE")).toMatchObject([
      { role: { id: created.id, mentionable: true } },
      { role: { id: moderator, position: 1 } },
      { role: { id: created.id, position: 2 } },
    ]);
    expect(await rest.get(route)).toMatchObject({ position: 2 });

    // Neither more permissions than the bot has, nor roles that are not below its own.
    await refused(rest.post(roles, { body: { permissions: "8" } }), 50013);
    await refused(rest.patch(route, { body: { permissions: "8" } }), 50013);
    await refused(rest.patch(Routes.guildRole(discord.guildId, own ?? ""), { body: { name: "x" } }), 50013);
    await refused(rest.delete(Routes.guildRole(discord.guildId, discord.guildId)), 50028, 400);
    await refused(rest.delete(Routes.guildRole(discord.guildId, "1")), 10011, 404);
    await refused(rest.post(roles, { body: { unicode_emoji: "🌭" } }), 50101, 400);
    await expect(rest.post(roles, { body: { permissions: "all" } })).rejects.toMatchObject({ code: 50035 });
    await rest.delete(route);
    expect(await heard("GUILD_ROLE_DELETE", "GUILD_ROLE_UPDATE")).toMatchObject([
      { role_id: created.id },
      { role: { id: own, position: 2 } },
    ]);
  });

  it("gives and takes permissions that decide about messages and commands", async () => {
    const { guildId } = discord;
    const everyone = Routes.guildRole(guildId, guildId);
    const before = client.guilds.cache.get(guildId)?.roles.everyone.permissions.bitfield ?? 0n;
    const relish = person("relish");
    await client.rest.patch(everyone, { body: { permissions: String(before & ~SendMessages) } });
    expect(() => relish.post("hello")).toThrow("Missing Permissions");
    await client.rest.patch(everyone, { body: { permissions: String(before & ~UseApplicationCommands) } });
    expect(() => relish.command("ping")).toThrow("relish may not use /ping here.");
    const role = discord.createRole({ name: "users", permissions: UseApplicationCommands });
    await client.rest.put(Routes.guildMemberRole(guildId, relish.id, role));
    relish.command("ping");
    await client.rest.delete(Routes.guildMemberRole(guildId, relish.id, role));
    expect(() => relish.command("ping")).toThrow("may not use");
    await client.rest.patch(everyone, { body: { permissions: String(before) } });
    relish.post("hello");
    discord.deleteRole(role);
    expect(await heard("GUILD_MEMBER_UPDATE", "GUILD_MEMBER_UPDATE")).toMatchObject([
      { roles: [role], guild_id: guildId },
      { roles: [] },
    ]);
  });
});

describe("a member", () => {
  it("gets a nickname and roles, unless they are above the bot", async () => {
    const { rest } = client;
    const { guildId } = discord;
    const role = discord.createRole({ name: "guests" });
    const body = { nick: "Pickle", roles: [role] };
    expect(await rest.patch(memberRoute("relish"), { body })).toMatchObject(body);
    expect(await heard("GUILD_MEMBER_UPDATE")).toMatchObject([body]);
    expect(client.guilds.cache.get(guildId)?.members.cache.get(person("relish").id)?.displayName).toBe(
      "Pickle",
    );
    expect(await rest.patch(memberRoute("relish"), { body: { nick: "", roles: [] } })).toMatchObject({
      nick: null,
      roles: [],
    });
    expect(await rest.patch(Routes.guildMember(guildId, "@me"), { body: { nick: "Bot" } })).toMatchObject({
      nick: "Bot",
    });
    await refused(rest.patch(memberRoute("ketchup"), { body: { nick: "Boss" } }), 50013);
    await rest.patch(memberRoute("ketchup"), { body: { roles: [role] } });
    await refused(rest.patch(memberRoute("relish"), { body: { roles: [guildId] } }), 50028, 400);
    await refused(rest.patch(memberRoute("relish"), { body: { roles: ["1"] } }), 10011, 404);
    await refused(rest.patch(memberRoute("relish"), { body: { mute: true } }), 40032, 400);
    await expect(rest.patch(memberRoute("relish"), { body: { nick: "n".repeat(33) } })).rejects.toMatchObject(
      {
        code: 50035,
      },
    );
    const elsewhere = discord.guilds[1]?.id ?? "";
    await refused(
      rest.patch(Routes.guildMember(elsewhere, person("relish").id), { body: { nick: "x" } }),
      50013,
    );
    discord.editRole(elsewhere, { permissions: ChangeNickname });
    await rest.patch(Routes.guildMember(elsewhere, "@me"), { body: { nick: "Bot" } });
    discord.editRole(elsewhere, { permissions: SendMessages });
    await refused(rest.patch(Routes.guildMember(elsewhere, "@me"), { body: { nick: "Bot" } }), 50013);
    discord.deleteRole(role);
  });

  it("who is timed out neither posts nor uses commands until the timeout is over", async () => {
    const { rest } = client;
    const relish = person("relish");
    const inMs = (time: number) => new Date(discord.now() + time).toISOString();
    const timeOut = (name: string, communication_disabled_until: string | null) =>
      rest.patch(memberRoute(name), { body: { communication_disabled_until } });
    const page = openPage(discord, "relish");
    const usable = (commands: Record<string, unknown[]>) => commands[discord.channelId]?.length;
    expect(usable((await page.next("READY")).d.commands)).toBe(1);
    const until = inMs(60_000);
    expect(await timeOut("relish", until)).toMatchObject({ communication_disabled_until: until });
    expect(() => relish.post("hello")).toThrow("relish is timed out.");
    expect(() => relish.command("ping")).toThrow("relish may not use /ping here.");
    expect(() => relish.createThread("Why?")).toThrow("Missing Permissions");
    relish.post("hello", [], { channelId: relish.dm });
    expect(usable((await page.next("COMMANDS_UPDATE")).d)).toBe(0);
    discord.advance(60_000);
    expect(usable((await page.next("COMMANDS_UPDATE")).d)).toBe(1);
    relish.post("hello");
    await timeOut("relish", inMs(60_000));
    await timeOut("relish", null);
    relish.command("ping");
    await expect(timeOut("relish", inMs(29 * 24 * 60 * 60_000))).rejects.toMatchObject({ code: 50035 });
    await refused(timeOut("ketchup", inMs(1_000)), 50013);
    await expect
      .poll(() => events.findLast(({ t }) => t === "GUILD_MEMBER_UPDATE")?.d)
      .toMatchObject({ communication_disabled_until: null, user: { id: relish.id } });
  });

  it("is kicked, and sees the server again after joining", async () => {
    const page = openPage(discord, "relish");
    await page.next("READY");
    await client.rest.delete(memberRoute("relish"));
    const { guildId } = discord;
    expect(await heard("GUILD_MEMBER_REMOVE")).toMatchObject([
      { guild_id: guildId, user: { username: "relish" } },
    ]);
    expect((await page.next("GUILDS_UPDATE")).d.map(({ name }) => name)).toEqual(["Another Guild"]);
    const relish = person("relish");
    expect(() => relish.post("hello")).toThrow("Unknown Channel");
    expect(() => relish.command("ping")).toThrow("There is no such channel.");
    expect(discord.guilds[0]?.member_ids).not.toContain(relish.id);
    await refused(client.rest.delete(memberRoute("relish")), 10007, 404);
    await refused(client.rest.delete(memberRoute("ketchup")), 50013);
    const { id } = person("mustard").post("missed");
    discord.addMember(relish.id);
    expect(await heard("GUILD_MEMBER_ADD")).toMatchObject([{ guild_id: guildId, roles: [] }]);
    const { d } = await page.next("CHANNEL_MESSAGES");
    expect(d.messages.at(-1)?.id).toBe(id);
    expect(() => discord.addMember(relish.id)).toThrow("relish is already a member");
  });
});

describe("a ban", () => {
  it("removes a member with recent messages, is listed, and ends", async () => {
    const { rest } = client;
    const { guildId } = discord;
    const relish = person("relish");
    const old = relish.post("old");
    discord.advance(10_000);
    const recent = relish.post("recent");
    const route = Routes.guildBan(guildId, relish.id);
    await rest.put(route, { body: { delete_message_seconds: 5 }, reason: "Ça suffit" });
    expect(await heard("GUILD_MEMBER_REMOVE", "GUILD_BAN_ADD")).toMatchObject([
      { user: { id: relish.id } },
      { guild_id: guildId, user: { id: relish.id } },
    ]);
    const kept = new Set(discord.messages().map(({ id }) => id));
    expect([kept.has(old.id), kept.has(recent.id)]).toEqual([true, false]);
    const listed = { reason: "Ça suffit", user: { id: relish.id } };
    expect(await rest.get(Routes.guildBans(guildId))).toMatchObject([listed]);
    expect(await rest.get(route)).toMatchObject(listed);
    expect(() => discord.addMember(relish.id)).toThrow("relish is banned");
    await rest.delete(route);
    expect(await heard("GUILD_BAN_REMOVE")).toMatchObject([{ user: { id: relish.id } }]);
    await refused(rest.delete(route), 10026, 404);
    await refused(rest.put(Routes.guildBan(guildId, person("ketchup").id)), 50013);
    await refused(rest.put(Routes.guildBan(guildId, "1")), 10013, 404);
    discord.addMember(relish.id);
    const bulk = (user_ids: string[]) => rest.post(Routes.guildBulkBan(guildId), { body: { user_ids } });
    expect(await bulk([relish.id, "1"])).toEqual({ banned_users: [relish.id], failed_users: ["1"] });
    await expect(bulk(["1"])).rejects.toMatchObject({ code: 500_000 });
    discord.unban(relish.id);
    discord.addMember(relish.id);
  });
});

describe("a bot without permissions", () => {
  it("changes nothing, and leaves the guild", async () => {
    const { rest } = client;
    const guildId = discord.guilds[1]?.id ?? "";
    const relish = person("relish").id;
    await refused(rest.get(Routes.guildBans(guildId)), 50013);
    await refused(rest.post(Routes.guildRoles(guildId), { body: {} }), 50013);
    await refused(rest.delete(Routes.guildMember(guildId, relish)), 50013);
    await rest.delete(Routes.userGuild(guildId));
    expect(await heard("GUILD_DELETE")).toMatchObject([{ id: guildId }]);
    await refused(rest.get(Routes.guild(guildId)), 50001);
    await refused(rest.delete(Routes.userGuild(guildId)), 10004, 404);
  });
});
