import { describe, expect, it, vi } from "vitest";
import type { ClientReady, TrafficEntry } from "../../src/client-protocol.ts";
import { writeTest } from "../../page/traffic/write-test.ts";
import type { LocalDiscord } from "../../src/start.ts";
import { openPage } from "../client-page.ts";
import { openEcho } from "./echo.ts";

describe("a test copied from the traffic", () => {
  /** Copies the entry as a test and runs that in another local Discord; resolves with its source. */
  async function runs(of: (discord: LocalDiscord) => Promise<TrafficEntry>): Promise<string> {
    const discord = await openEcho();
    const entry = await of(discord);
    const session: ClientReady = (await openPage(discord, "ketchup").next("READY")).d;
    const source =
      writeTest(entry, { session, messages: discord.messages(), traffic: discord.traffic() }) ?? "";
    const other = await openEcho();
    other.user("relish").post("quote me");
    await other.user("mustard").command("echo", { what: "one" }).answer();
    const tests: (() => Promise<void>)[] = [];
    // oxlint-disable-next-line typescript/no-implied-eval -- this tests that the source runs
    new Function("it", "expect", "discord", source)(
      (_: string, test: () => Promise<void>) => void tests.push(test),
      expect,
      other,
    );
    for (const test of tests) await test();
    expect(tests).toHaveLength(1);
    return source;
  }

  const last = (discord: LocalDiscord, title: string) => {
    const entry = discord.traffic().findLast((one) => one.title.includes(title));
    if (!entry) throw new Error(`Nothing with ${title}`);
    return entry;
  };

  it("uses the command with its options, and expects the same answer", async () => {
    const source = await runs(async (discord) => {
      const what = { what: 'say "it"', file: { name: "a.txt", bytes: Buffer.from("a") } };
      await discord.user("ketchup").command("echo", what, { dm: true, locale: "fr" }).answer();
      return last(discord, "INTERACTION_CREATE");
    });
    expect(source).toContain(
      String.raw`discord.user("ketchup").command("echo", { what: "say \"it\"", file: { name: "a.txt", bytes } }, { dm: true, locale: "fr" })`,
    );
    expect(source).toContain("a.txt");
  });

  it("presses the button, and expects the same answer", async () => {
    const source = await runs(async (discord) => {
      const message = await discord.user("ketchup").command("echo", { what: "one" }).answer();
      await discord.user("relish").press(message, "Press").answer();
      return last(discord, "INTERACTION_CREATE");
    });
    expect(source).toContain('expect(answer).toMatchObject({ content: "pressed in en-US", flags: 64 });');
  });

  it("chooses in a select menu by label and name, and expects the same answer", async () => {
    const chosen = (name: string, values: string[]) => async (discord: LocalDiscord) => {
      const message = await discord.user("ketchup").command("echo", { what: "one" }).answer();
      await discord.user("relish").select(message, name, values).answer();
      return last(discord, "INTERACTION_CREATE");
    };
    const listed = await runs(chosen("Letter", ["Letter A"]));
    expect(listed).toContain('select(message, "Letter", "Letter A")');
    expect(listed).toContain('content: "1 selected"');
    expect(await runs(chosen("mentionable", ["moderator", "mustard"]))).toContain(
      'select(message, "mentionable", ["moderator", discord.user("mustard").id])',
    );
  });

  it("opens a modal and submits it, and expects the same answer", async () => {
    const source = await runs(async (discord) => {
      const relish = discord.user("relish");
      const modal = await relish.command("form", {}, { dm: true, locale: "fr" }).modal();
      const values = { who: relish.id, file: [{ name: "a.txt", bytes: Buffer.from("a") }], sure: true };
      await relish.submit(modal, values).answer();
      return last(discord, "INTERACTION_CREATE");
    });
    expect(source).toContain(
      'const modal = await discord.user("relish").command("form", {}, { dm: true, locale: "fr" }).modal();',
    );
    expect(source).toContain(
      'submit(modal, { who: [discord.user("relish").id], file: [{ name: "a.txt", bytes }], sure: true })',
    );
    expect(source).toContain('toMatchObject({ content: "form in fr", flags: 0 })');
  });

  it("uses a message command on a message with the same content", async () => {
    const source = await runs(async (discord) => {
      const message = discord.user("mustard").post("quote me");
      await discord.user("mustard").messageCommand("Quote", message).answer();
      return last(discord, "INTERACTION_CREATE");
    });
    expect(source).toContain('messageCommand("Quote", message)');
  });

  it("uses a subcommand by its full name, and a user command on the same person", async () => {
    const subcommand = await runs(async (discord) => {
      const role = discord.guilds[0]?.roles[1]?.id ?? "";
      await discord.user("relish").command("project open", { role }).answer();
      return last(discord, "INTERACTION_CREATE");
    });
    expect(subcommand).toContain(
      'command("project open", { role: discord.guilds[0]?.roles[1]?.id ?? "" }).answer()',
    );
    expect(subcommand).toContain('content: "opened for moderator"');
    const greeting = await runs(async (discord) => {
      await discord.user("relish").userCommand("Greet", discord.user("mustard").id).answer();
      return last(discord, "INTERACTION_CREATE");
    });
    expect(greeting).toContain('userCommand("Greet", discord.user("mustard").id).answer()');
  });

  it("posts what a person posted, and repeats a request of the bot", async () => {
    const posts = await runs(async (discord) => {
      const channelId = discord.guilds[1]?.channels[0]?.id ?? "";
      discord.user("mustard").post("hello", [{ name: "a.txt", bytes: Buffer.from("a") }], { channelId });
      return vi.waitFor(() => last(discord, "MESSAGE_CREATE"));
    });
    expect(posts).toContain("channelId: discord.guilds[1]?.channels[0]?.id");
    const source = await runs(async (discord) => last(discord, "PUT /applications"));
    expect(source).toContain("${discord.applicationId}/commands`");
  });

  it("has expressions for the ids of people, channels and the bot", async () => {
    const source = await runs(async (discord) => {
      const what = `\`<@${discord.user("relish").id}>\` in <#${discord.channelId}>`;
      await discord.user("ketchup").command("echo", { what }).answer();
      return last(discord, "INTERACTION_CREATE");
    });
    expect(source).toContain('{ what: `\\`<@${discord.user("relish").id}>\\` in <#${discord.channelId}>` }');
  });

  it("is offered only for entries that can be repeated", async () => {
    const discord = await openEcho();
    const ketchup = discord.user("ketchup");
    ketchup.post("content that the bot does not get");
    await ketchup.command("echo", { what: "one" }).answer();
    const session: ClientReady = (await openPage(discord, "ketchup").next("READY")).d;
    const offered = discord
      .traffic()
      .filter((entry) => writeTest(entry, { session, messages: [], traffic: [] }));
    expect([...new Set(offered.map(({ title }) => title.replace(/\d+/, "…")))]).toEqual([
      "GET /gateway/bot",
      "PUT /applications/…/commands",
      "INTERACTION_CREATE",
    ]);
  });
});
