import { MessageFlags } from "discord.js";
import { describe, expect, it, vi } from "vitest";
import { startLocalDiscord } from "../../local-discord/src/start.ts";
import { startBot } from "../../src/bot/bot.ts";
import { commands } from "../../src/commands/index.ts";
import { en } from "../../src/texts/en.ts";
import { memoryLog } from "../memory-log.ts";
import { hotdogBot } from "../hotdog-bot.ts";
import { plainPng } from "../pictures.ts";

const NUMBERS = { numbers: "3 5 8" };
const ORIGINAL = /\/messages\/@original$/;
/** Longer than the worker takes to answer. If it takes longer, it replaces the explanation. */
const ANSWER_MS = 1_500;
const WAIT_OPTIONS = { timeout: 20_000 };

describe("the bot, when something fails", () => {
  it("replaces the thinking message with an explanation when the queue does not accept the job", async () => {
    await using bot = await hotdogBot({
      jobs: () => ({
        async send() {
          throw new Error("the queue is away");
        },
      }),
    });
    const answer = await bot.discord.user("ketchup").command("stats", NUMBERS).answer();
    expect(answer.content).toContain("could not be accepted just now. Nothing was recorded.");
    expect(bot.logged()).toContain("the queue is away");
  });

  it("says so in French", async () => {
    await using bot = await hotdogBot({ jobs: () => ({ send: () => Promise.reject(new Error("away")) }) });
    const answer = await bot.discord.user("ketchup").command("stats", NUMBERS, { locale: "fr" }).answer();
    expect(answer.content).toContain("Rien n’a été enregistré");
  });

  it("keeps the answer when a send timed out but had succeeded", async () => {
    await using bot = await hotdogBot({
      jobs: (queue) => ({
        async send(job) {
          await queue.send(job);
          await vi.waitFor(() => expect(bot.logged()).toContain('"msg":"done"'));
          throw new Error("timed out");
        },
      }),
    });
    const asked = bot.discord.user("ketchup").command("stats", NUMBERS);
    await vi.waitFor(() => expect(bot.logged()).toContain("timed out"));
    const answer = await asked.answer();
    expect(answer.embeds).toHaveLength(1);
    expect(answer.content).toContain("asked for the stats of");
    expect(bot.discord.messages()).toEqual([answer]);
  });

  it("keeps the answer when the worker gives it just before the explanation", async () => {
    await using bot = await hotdogBot({
      jobs: (queue) => ({
        async send(job) {
          await queue.send(job);
          throw new Error("timed out");
        },
      }),
    });
    // The bot sees that there is no answer yet, and learns it only after the worker has answered.
    bot.discord.fault({ method: "GET", path: ORIGINAL, times: 1, act: { delay: ANSWER_MS } });
    bot.discord.user("ketchup").command("stats", NUMBERS);
    await vi.waitFor(() => {
      const writes = bot.discord
        .traffic()
        .filter(({ title }) => /^(?:PATCH|POST) .*\/webhooks\//.test(title));
      expect(writes).toHaveLength(2);
    }, WAIT_OPTIONS);
    await vi.waitFor(() => {
      const [answer, ...others] = bot.discord.messages();
      expect(others).toEqual([]);
      expect(answer?.embeds).toHaveLength(1);
      expect(answer?.content).toContain("asked for the stats of");
    }, WAIT_OPTIONS);
  });

  it("says once that the queue did not accept the job although Discord's response was lost", async () => {
    await using bot = await hotdogBot({ jobs: () => ({ send: () => Promise.reject(new Error("away")) }) });
    bot.discord.fault({ method: "POST", path: /\/webhooks\//, times: 1, act: "drop-after" });
    bot.discord.user("ketchup").command("stats", NUMBERS);
    await vi.waitFor(
      () => expect(bot.discord.traffic().some(({ title }) => title.startsWith("DELETE "))).toBe(true),
      WAIT_OPTIONS,
    );
    expect(bot.discord.messages().map(({ content }) => content)).toEqual([en.notAccepted]);
  });

  it("queues nothing when Discord no longer knows the interaction that is to be acknowledged", async () => {
    let sent = 0;
    await using bot = await hotdogBot({ jobs: () => ({ send: async () => void (sent += 1) }) });
    bot.discord.user("ketchup").command("stats", NUMBERS);
    // The bot receives the interaction in a later turn of the event loop, when its 3 seconds are over.
    bot.advance(4_000);
    await vi.waitFor(() =>
      expect(bot.logged()).toContain("no longer knew the interaction when it was acknowledged"),
    );
    expect(sent).toBe(0);
  });

  it("treats an interaction that was already acknowledged as acknowledged", async () => {
    let sent = 0;
    const count = (): Promise<void> => Promise.resolve(void (sent += 1));
    await using bot = await hotdogBot({ jobs: () => ({ send: count }) });
    const { botToken: token, api } = bot.discord;
    // During a deployment, two processes may use one token: both receive the interaction, and one acknowledges it second.
    const other = await startBot({ token, api, commands, jobs: { send: count }, log: bot.log });
    bot.discord.user("ketchup").command("stats", NUMBERS);
    await vi.waitFor(() => expect(sent).toBe(2));
    await other.stop();
  });

  it("continues when the response to its acknowledgement was lost", async () => {
    let sent = 0;
    await using bot = await hotdogBot({ jobs: () => ({ send: async () => void (sent += 1) }) });
    bot.discord.fault({ path: /\/callback$/, times: 1, act: "drop-after" });
    bot.discord.user("ketchup").command("stats", NUMBERS);
    await vi.waitFor(() => expect(sent).toBe(1));
    const calls = bot.discord.traffic().filter(({ title }) => title.includes("/callback"));
    expect(calls.map(({ status }) => status)).toEqual([undefined, 400]);
  });

  it("ends the thinking state when every response to its acknowledgement was lost", async () => {
    let sent = 0;
    await using bot = await hotdogBot({ jobs: () => ({ send: async () => void (sent += 1) }) });
    bot.discord.fault({ path: /\/callback$/, times: 2, act: "drop-after" });
    const answer = await bot.discord.user("ketchup").command("stats", NUMBERS).answer();
    expect(answer.content).toContain("could not be accepted just now. Nothing was recorded.");
    expect(sent).toBe(0);
  });

  it("tells the person below a message that must not change when every response to its acknowledgement was lost", async () => {
    await using bot = await hotdogBot();
    const image = { name: "photo.png", bytes: await plainPng(1) };
    const answer = await bot.discord.user("mustard").command("upload", { image }).answer();
    bot.discord.fault({ path: /\/callback$/, times: 2, act: "drop-after" });
    const notice = await bot.discord.user("mustard").press(answer, "Take back 1").answer();
    expect(notice.content).toContain("could not be accepted just now. Nothing was recorded.");
    expect((notice.flags ?? 0) & MessageFlags.Ephemeral).not.toBe(0);
    expect(bot.discord.messages().find(({ id }) => id === answer.id)).toEqual(answer);
    expect(await bot.store.list("images/")).toHaveLength(1);
  });

  it("reports that the gateway has closed the connection for good", async () => {
    const discord = await startLocalDiscord({ port: 0 });
    const bot = await startBot({
      token: discord.botToken,
      api: discord.api,
      commands,
      jobs: { send: async () => {} },
      log: memoryLog().log,
    });
    discord.gateway.disconnect(4004);
    expect(await bot.lost).toContain("4004");
    await bot.stop();
    await discord.close();
  });

  it("shows everyone that it is thinking while the job waits", async () => {
    await using bot = await hotdogBot({ worker: false });
    bot.discord.user("ketchup").command("stats", NUMBERS);
    const placeholder = await bot.discord.user("relish").waitForMessage(() => true);
    expect((placeholder.flags ?? 0) & MessageFlags.Loading).not.toBe(0);
    bot.startWorker();
    await bot.discord.waitForMessage(({ embeds }) => embeds.length > 0);
  });
});
