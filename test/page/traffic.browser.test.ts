import type { Interaction } from "discord.js";
import { ApplicationCommandOptionType } from "discord.js";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { ClientReady, TrafficEntry } from "../../playground/client-protocol.ts";
import { asTest } from "../../playground/page/traffic/as-test.ts";
import { filtered, isUnknownRoute } from "../../playground/page/traffic/filter.ts";
import { perFrame } from "../../playground/page/server/per-frame.ts";
import type { Playground } from "../../playground/start.ts";
import { openBrowser } from "../end-to-end/browser.ts";
import { joinBot, openPlayground } from "../playground/bot.ts";
import { openPage } from "../playground/client-page.ts";
import { openAs, sizes } from "./open.ts";

const { String: text, Attachment } = ApplicationCommandOptionType;
const commands = [
  {
    name: "echo",
    description: "Says it again",
    options: [
      { type: text, name: "what", description: "Any text", required: true },
      { type: Attachment, name: "file", description: "Any file" },
    ],
  },
  { type: 3, name: "Quote" },
] as const;

async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isButton())
    return interaction.reply({ content: `pressed in ${interaction.locale}`, flags: 64 });
  if (interaction.isMessageContextMenuCommand())
    return interaction.reply(`> ${interaction.targetMessage.content}`);
  if (!interaction.isChatInputCommand()) return null;
  const [content, file] = [interaction.options.getString("what"), interaction.options.getAttachment("file")];
  const button = { type: 2, style: 1, label: "Press", custom_id: `press:${interaction.id}` } as const;
  return interaction.reply({
    content: `${content} ${file?.name}`,
    components: [{ type: 1, components: [button] }],
  });
}

async function openEcho(): Promise<Playground> {
  const playground = await openPlayground();
  await joinBot(
    playground,
    answer,
    [...commands].map((command) => structuredClone(command) as never),
  );
  return playground;
}

describe("a test copied from the traffic", () => {
  /** Does what a person would do with it, in a playground of its own. */
  async function runs(of: (playground: Playground) => Promise<TrafficEntry>): Promise<string> {
    const playground = await openEcho();
    const entry = await of(playground);
    const session: ClientReady = (await openPage(playground, "ketchup").next("READY")).d;
    const source = asTest(entry, { session, messages: playground.messages() }) ?? "";
    const other = await openEcho();
    other.user("relish").post("quote me");
    await other.user("mustard").command("echo", { what: "one" }).answer();
    const tests: (() => Promise<void>)[] = [];
    // oxlint-disable-next-line typescript/no-implied-eval -- that it runs is what is tested
    new Function("it", "expect", "playground", source)(
      (_: string, test: () => Promise<void>) => void tests.push(test),
      expect,
      other,
    );
    for (const test of tests) await test();
    expect(tests).toHaveLength(1);
    return source;
  }

  const last = (playground: Playground, title: string) => {
    const entry = playground.traffic().findLast((one) => one.title.includes(title));
    if (!entry) throw new Error(`Nothing with ${title}`);
    return entry;
  };

  it("uses the command with its options, and expects the same answer", async () => {
    const source = await runs(async (playground) => {
      const what = { what: 'say "it"', file: { name: "a.txt", bytes: Buffer.from("a") } };
      await playground.user("ketchup").command("echo", what, { dm: true, locale: "fr" }).answer();
      return last(playground, "INTERACTION_CREATE");
    });
    expect(source).toContain(
      String.raw`playground.user("ketchup").command("echo", { what: "say \"it\"", file: { name: "a.txt", bytes } }, { dm: true, locale: "fr" })`,
    );
    expect(source).toContain("a.txt");
  });

  it("presses the button, and expects the same answer", async () => {
    const source = await runs(async (playground) => {
      const message = await playground.user("ketchup").command("echo", { what: "one" }).answer();
      await playground.user("relish").press(message, "Press").answer();
      return last(playground, "INTERACTION_CREATE");
    });
    expect(source).toContain('expect(answer).toMatchObject({ content: "pressed in en-US", flags: 64 });');
  });

  it("uses a message command on a message that says the same", async () => {
    const source = await runs(async (playground) => {
      const message = playground.user("mustard").post("quote me");
      await playground.user("mustard").messageCommand("Quote", message).answer();
      return last(playground, "INTERACTION_CREATE");
    });
    expect(source).toContain('messageCommand("Quote", message)');
  });

  it("posts what a person posted, and calls what the bot called", async () => {
    const posts = await runs(async (playground) => {
      const channelId = playground.guilds[1]?.channels[0]?.id ?? "";
      playground.user("mustard").post("hello", [{ name: "a.txt", bytes: Buffer.from("a") }], { channelId });
      return last(playground, "MESSAGE_CREATE");
    });
    expect(posts).toContain("channelId: playground.guilds[1]?.channels[0]?.id");
    const source = await runs(async (playground) => last(playground, "PUT /applications"));
    expect(source).toContain("${playground.applicationId}/commands`");
  });

  it("has names for the people, channels and bot it speaks of", async () => {
    const source = await runs(async (playground) => {
      const what = `\`<@${playground.user("relish").id}>\` in <#${playground.channelId}>`;
      await playground.user("ketchup").command("echo", { what }).answer();
      return last(playground, "INTERACTION_CREATE");
    });
    expect(source).toContain(
      '{ what: `\\`<@${playground.user("relish").id}>\\` in <#${playground.channelId}>` }',
    );
  });

  it("is offered only where something can be done again", async () => {
    const playground = await openEcho();
    const ketchup = playground.user("ketchup");
    ketchup.post("of which the bot is not told what it says");
    await ketchup.command("echo", { what: "one" }).answer();
    const session: ClientReady = (await openPage(playground, "ketchup").next("READY")).d;
    const offered = playground.traffic().filter((entry) => asTest(entry, { session, messages: [] }));
    expect([...new Set(offered.map(({ title }) => title.replace(/\d+/, "…")))]).toEqual([
      "GET /gateway/bot",
      "PUT /applications/…/commands",
      "INTERACTION_CREATE",
    ]);
  });
});

describe("events", () => {
  it("that come within a frame are taken at once, in order; at the end none is", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const taken: number[] = [];
    const frames = perFrame<number>((one) => void taken.push(one));
    for (const one of [1, 2, 3]) frames.add(one);
    expect(taken).toEqual([]);
    vi.advanceTimersByTime(20);
    expect(taken).toEqual([1, 2, 3]);
    frames.add(4);
    frames.end();
    vi.advanceTimersByTime(20);
    expect(taken).toEqual([1, 2, 3]);
  });
});

describe("the filter", () => {
  const entry = (title: string, more: Partial<TrafficEntry>): TrafficEntry => {
    return { id: 1, at: 0, kind: "rest", title, status: 200, ...more };
  };
  const entries = [
    entry("MESSAGE_CREATE", { kind: "gateway-out", response: { d: { content: "Hello" } } }),
    entry("POST /a", { request: { content: "hello" } }),
    entry("GET /nope", { status: 404, response: { code: 0, message: "404: Not Found" } }),
    entry("GET /gone", { status: 404, response: { code: 10_008, message: "Unknown Message" } }),
  ];
  const titles = (...by: [Parameters<typeof filtered>[1], string]) =>
    filtered(entries, ...by).map(({ title }) => title);

  it("looks into titles and bodies, and knows kinds", () => {
    expect(titles("all", "hello")).toEqual(["MESSAGE_CREATE", "POST /a"]);
    expect(titles("gateway", "")).toEqual(["MESSAGE_CREATE"]);
    expect(titles("rest", "post")).toEqual(["POST /a"]);
    expect(titles("problems", "")).toEqual(["GET /nope", "GET /gone"]);
    expect(entries.filter(isUnknownRoute).map(({ title }) => title)).toEqual(["GET /nope"]);
  });
});

describe.each(sizes)("the drawer on %s", (_, viewport) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it("shows what is said, with its bodies; is filtered; makes routes that are not built stand out", async () => {
    const playground = await openEcho();
    const page = await openAs(browser, playground, {
      viewport,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByRole("button", { name: "Traffic" }).click();
    const drawer = page.getByRole("complementary", { name: "Traffic" });
    const rows = drawer.getByRole("listitem");
    await drawer.getByText("IDENTIFY").waitFor();
    await playground.user("ketchup").command("echo", { what: "twelve" }).answer();
    await fetch(`${playground.api}/v10/guilds/1/stickers`, {
      headers: { authorization: `Bot ${playground.botToken}` },
    });
    await drawer.getByText("not built").waitFor();
    await drawer.getByRole("searchbox", { name: "Filter" }).fill("twelve");
    await drawer.getByRole("button", { name: "Gateway" }).click();
    const row = rows.filter({ hasText: "INTERACTION_CREATE" });
    await row.locator("summary").click();
    await row.getByText('"twelve"').first().waitFor();
    await row.getByRole("button", { name: "Copy as test" }).click();
    await row.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toContain(
      'command("echo", { what: "twelve" })',
    );
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    const filter = drawer.getByRole("searchbox", { name: "Filter" });
    await filter.focus();
    await page.keyboard.press("Escape");
    expect(await filter.inputValue()).toBe("");

    for (let index = 0; index < 900; index++) playground.user("relish").post(String(index));
    await expect.poll(() => rows.count(), { timeout: 10_000 }).toBe(201);
    await page.getByText("899", { exact: true }).waitFor();
    expect(await row.filter({ hasText: "twelve" }).count()).toBe(1);

    await drawer.getByRole("button", { name: "Clear" }).click();
    await drawer.getByText("Nothing yet").waitFor();
    await filter.focus();
    await page.keyboard.press("Escape");
    await expect.poll(() => drawer.count()).toBe(0);
    await page.getByRole("button", { name: "Traffic" }).click();
    playground.user("relish").post("after all");
    await rows.first().waitFor();
    expect(await rows.count()).toBe(1);
  });
});
