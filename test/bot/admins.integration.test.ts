import { describe, expect, it } from "vitest";
import { startLocalDiscord } from "../../local-discord/src/start.ts";
import { startBot } from "../../src/bot/bot.ts";
import { applicationSchema, findAdmins } from "../../src/bot/find-admins.ts";
import { commands } from "../../src/commands/index.ts";
import { collectingBot } from "../collected-jobs.ts";
import { memoryLog } from "../memory-log.ts";

const ALONE = "the owners look after the hot dogs alone";

describe("the hot dogs", () => {
  it("are moderated in the home guild, as the log says", async () => {
    await using collected = await collectingBot();
    const { discord } = collected.bot;
    const logged = () => collected.bot.logged();
    expect(logged()).toContain(
      `"owners":["ketchup"],"homeGuild":"${discord.guildId}","name":"Local Guild","msg":"the owners and the home guild’s moderators look after the hot dogs"`,
    );
  });

  it("are moderated in the only guild of a private application, as long as it is the only one", async () => {
    await using collected = await collectingBot({ homeGuild: "unset" });
    const { discord } = collected.bot;
    const logged = () => collected.bot.logged();
    const other = discord.guilds[1]?.id ?? "";
    const mayModerate = async (): Promise<boolean | undefined> => {
      discord.user("mustard").command("progress");
      return (await collected.next("progress")).interaction.rights?.moderateHotdogs;
    };
    expect(logged()).toContain(ALONE);
    expect(await mayModerate()).toBe(false);

    discord.removeBot(other);
    await expect.poll(logged).toContain(`"homeGuild":"${discord.guildId}"`);
    expect(await mayModerate()).toBe(true);

    discord.addBot(other);
    await expect.poll(() => logged().split(ALONE)).toHaveLength(3);
    expect(await mayModerate()).toBe(false);
  });

  it("have no home guild that the bot is not in, which the log warns about", async () => {
    const discord = await startLocalDiscord({ port: 0 });
    const { log, logged } = memoryLog();
    const bot = await startBot({
      token: discord.botToken,
      api: discord.api,
      homeGuildId: "1",
      commands,
      jobs: { send: async () => {} },
      log,
    });
    expect(logged()).toContain("the bot is not in its home guild: check HOME_GUILD_ID");
    await bot.stop();
    await discord.close();
  });

  const ann = { id: "11", username: "ann" };
  const bob = { id: "12", username: "bob" };
  const cyd = { id: "13", username: "cyd" };
  const guilds = () => new Map([["5", { id: "5", name: "Only" }]]);

  it("are moderated by a team's members, without those who are only invited", () => {
    const members = [
      { membership_state: 2, user: bob },
      { membership_state: 1, user: cyd },
    ];
    const application = applicationSchema.parse({
      id: "1",
      owner: ann,
      team: { members },
      bot_public: false,
    });
    const admins = findAdmins(application, { homeGuildId: undefined, guilds });
    expect([...admins.owners]).toEqual(["12"]);
    expect(admins.homeGuild()).toBe("5");
  });

  it("have no home guild if anybody can add the application, unless the operator names one", () => {
    const application = applicationSchema.parse({ id: "1", owner: ann, team: null, bot_public: true });
    expect(findAdmins(application, { homeGuildId: undefined, guilds }).homeGuild()).toBeUndefined();
    expect(findAdmins(application, { homeGuildId: "7", guilds }).homeGuild()).toBe("7");
    expect([...findAdmins(application, { homeGuildId: "7", guilds }).owners]).toEqual(["11"]);
  });
});
