import { Events, GatewayIntentBits, GatewayOpcodes } from "discord.js";
import { expect, it } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";

const { GuildMembers, Guilds } = GatewayIntentBits;

async function join(discord: LocalDiscord, intents: GatewayIntentBits[]) {
  const bot = await joinBot(discord, undefined, [], intents);
  const events: { t: string; d: object }[] = [];
  bot.on(Events.Raw, ({ t, d }: { t: string; d: object }) => events.push({ t, d }));
  const guild = bot.guilds.cache.get(discord.guildId);
  if (!guild) throw new Error("The bot has no guild.");
  return { guild, events, say: (op: number, d: unknown) => guild.shard.send({ op, d }) };
}

it("a bot with the intent GUILD_MEMBERS gets all members, or those of a name, or of ids", async () => {
  const discord = await openLocalDiscord({ privilegedIntents: GuildMembers });
  const { guild, events } = await join(discord, [Guilds, GuildMembers]);
  const names = (members: Awaited<ReturnType<typeof guild.members.fetch>>) =>
    members.map(({ user }) => user.username);
  expect(names(await guild.members.fetch())).toEqual(["bot", "ketchup", "mustard", "relish"]);
  expect(names(await guild.members.fetch({ query: "Must", limit: 5 }))).toEqual(["mustard"]);
  const relish = discord.user("relish").id;
  expect(names(await guild.members.fetch({ user: [relish, "1"], withPresences: true }))).toEqual(["relish"]);
  expect(events.at(-1)?.d).toMatchObject({ chunk_index: 0, chunk_count: 1, not_found: ["1"] });
  expect(events.at(-1)?.d).not.toHaveProperty("presences");
  expect(guild.roles.everyone.colors).toMatchObject({ primaryColor: 0 });
});

it("a bot without the intent gets members by name and ids; other opcodes of Discord change nothing", async () => {
  const discord = await openLocalDiscord();
  const { events, say } = await join(discord, [Guilds]);
  const guild_id = discord.guildId;
  for (const op of [3, 4, 5, 12, 13, 14, 43]) say(op, { guild_id });
  say(GatewayOpcodes.RequestSoundboardSounds, { guild_ids: [guild_id, "1"] });
  say(GatewayOpcodes.RequestGuildMembers, { guild_id, query: "", limit: 0 });
  say(GatewayOpcodes.RequestGuildMembers, { guild_id: "1", query: "ket", limit: 1 });
  say(GatewayOpcodes.RequestGuildMembers, { guild_id, query: "ket", limit: 0 });
  say(GatewayOpcodes.RequestGuildMembers, { guild_id: [guild_id], query: "KET", limit: 1, nonce: "n" });
  say(GatewayOpcodes.RequestGuildMembers, { guild_id, user_ids: "1", nonce: "n".repeat(33) });
  const chunk = { t: "GUILD_MEMBERS_CHUNK" };
  await expect.poll(() => events).toHaveLength(3);
  expect(events).toMatchObject([
    { t: "SOUNDBOARD_SOUNDS", d: { guild_id, soundboard_sounds: [] } },
    { ...chunk, d: { guild_id, nonce: "n", members: [{ user: { username: "ketchup" } }] } },
    { ...chunk, d: { members: [], not_found: ["1"] } },
  ]);
  expect(events.at(-1)?.d).not.toHaveProperty("nonce");
  expect(discord.traffic().filter(({ title }) => title.startsWith("Close"))).toEqual([]);
});

it("READY has the fields that other libraries read", async () => {
  const discord = await openLocalDiscord({ privilegedIntents: GuildMembers });
  await join(discord, [Guilds]);
  const ready = discord.traffic().find(({ title }) => title === "READY")?.response;
  expect(ready).toMatchObject({
    d: {
      private_channels: [],
      user: { mfa_enabled: false, verified: true },
      application: { flags: 1 << 15, flags_new: String(1 << 15) },
    },
  });
});
