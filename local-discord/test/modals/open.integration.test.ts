import { describe, expect, it } from "vitest";
import type { ClientModalSubmit } from "../../src/client-protocol.ts";
import { openPage } from "../client-page.ts";
import { callback } from "./callback.ts";
import { files, modalOf, text } from "./components.ts";
import { modalBot } from "./modal-bot.ts";

const bot = modalBot();
const { opens } = bot;
const simple = modalOf(text("text"));

describe("opening a modal", () => {
  it("answers the interaction without a message, to which follow-ups can be added", async () => {
    const { discord } = bot;
    const ketchup = discord.user("ketchup");
    const before = discord.messages().length;
    bot.onInteraction(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const response = await callback(interaction, { type: 9, data: simple }, "?with_response=true");
      expect(response).toEqual({ interaction: { id: interaction.id, type: 2 }, resource: { type: 9 } });
      await expect(callback(interaction, { type: 9, data: simple })).rejects.toMatchObject({ code: 40060 });
      expect(discord.messages()).toHaveLength(before);
      const { webhook } = interaction;
      await expect(webhook.fetchMessage("@original")).rejects.toMatchObject({ code: 10008 });
      await expect(webhook.editMessage("@original", "x")).rejects.toMatchObject({ code: 10008 });
      await webhook.send("more");
    });
    const command = ketchup.command("open");
    expect(await command.modal()).toMatchObject({
      title: "A modal",
      custom_id: "modal",
      components: [{ type: 18, id: 1, component: { type: 4, id: 2, custom_id: "text" } }],
    });
    expect(await command.answer()).toMatchObject({ content: "more" });
  });

  it("keeps the ids that the bot chose, and drops fields that are null", async () => {
    const ketchup = bot.discord.user("ketchup");
    opens(modalOf(text("a", { id: 1, value: null, required: null }), text("b", { id: 0 })));
    const { components } = await ketchup.command("open").modal();
    expect(components).toMatchObject([
      { id: 2, component: { id: 1 } },
      { id: 3, component: { id: 4 } },
    ]);
    expect(components[0]).not.toHaveProperty("component.value");
    expect(components[0]).not.toHaveProperty("component.required");
  });

  it("is too late after a deferred answer, which the script reports", async () => {
    bot.onInteraction(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await expect(callback(interaction, { type: 9, data: simple })).rejects.toMatchObject({ code: 40060 });
    });
    await expect(bot.discord.user("ketchup").command("open").modal()).rejects.toThrow(
      "The bot answered without a modal.",
    );
  });

  it("does not answer the submit of a modal", async () => {
    const ketchup = bot.discord.user("ketchup");
    opens(simple, async (submit) => {
      await expect(callback(submit, { type: 9, data: simple })).rejects.toThrow(
        "type[BASE_TYPE_CHOICES]: Value must be one of {4, 5, 6, 7, 10, 12}.",
      );
      await callback(submit, { type: 4, data: { content: "done" } });
    });
    await ketchup.submit(await ketchup.command("open").modal(), { text: "a" }).answer();
  });
});

describe("an open modal", () => {
  const notOpen = "The modal is not open: it was submitted or dismissed, or another was opened.";

  it("is submitted once, and closes when it is dismissed or when another is opened", async () => {
    const [ketchup, mustard] = [bot.discord.user("ketchup"), bot.discord.user("mustard")];
    opens(simple);
    const first = await ketchup.command("open").modal();
    expect(() => mustard.submit(first, { text: "a" })).toThrow(notOpen);
    const submit = ketchup.submit(first, { text: "a" });
    expect(() => ketchup.submit(first, { text: "a" })).toThrow("The modal is being submitted.");
    await submit.answer();
    expect(() => ketchup.submit(first, { text: "a" })).toThrow(notOpen);
    const second = await ketchup.command("open").modal();
    ketchup.dismiss(second);
    expect(() => ketchup.submit(second, { text: "a" })).toThrow(notOpen);
    expect(() => ketchup.dismiss(second)).toThrow(notOpen);
    const third = await ketchup.command("open").modal();
    const fourth = await ketchup.command("open").modal();
    expect(() => ketchup.submit(third, { text: "a" })).toThrow(notOpen);
    await ketchup.submit(fourth, { text: "a" }).answer();
  });

  it("appears in the page, which submits it with files, and learns what is wrong with each input", async () => {
    const { discord } = bot;
    const [page, another] = [openPage(discord, "relish"), openPage(discord, "ketchup")];
    const { user, commands } = (await page.next("READY")).d;
    await another.next("READY");
    const seenByAnother: string[] = [];
    another.socket.on("message", (data: Buffer) => seenByAnother.push(JSON.parse(data.toString()).t));
    const common = { user_id: user.id, channel_id: discord.channelId, locale: "fr" };
    opens(modalOf(text("text", { max_length: 3 }), files("files")));
    const send = (body: FormData | string) =>
      fetch(`${discord.page}client/interactions`, {
        method: "POST",
        body,
        ...(typeof body === "string" ? { headers: { "content-type": "application/json" } } : {}),
      });
    const command = commands[discord.channelId]?.find(({ name }) => name === "open");
    const data = { id: command?.id, name: "open", type: 1, options: [] };
    await send(JSON.stringify({ ...common, nonce: "1", type: 2, data }));
    const { nonce, modal } = (await page.next("MODAL_CREATE")).d;
    expect({ nonce, title: modal.title }).toEqual({ nonce: "1", title: "A modal" });
    expect((await page.next("INTERACTION_SUCCESS")).d).toEqual({ nonce: "1" });

    const submit = (value: string, file: boolean) => {
      const components: ClientModalSubmit["data"]["components"] = [
        { type: 4, custom_id: "text", value },
        { type: 19, custom_id: "files", values: file ? ["0"] : [] },
      ];
      const body = { ...common, nonce: "2", type: 5, modal_id: modal.id, data: { components } };
      if (!file) return send(JSON.stringify(body));
      const form = new FormData();
      form.set("payload_json", JSON.stringify(body));
      form.set("files[0]", new File(["a"], "a.txt"));
      return send(form);
    };
    const refused = await submit("long", false);
    expect({ status: refused.status, body: await refused.json() }).toEqual({
      status: 400,
      body: {
        message: expect.stringContaining("cannot be submitted"),
        errors: { text: "Must have at most 3 characters.", files: "Required." },
      },
    });
    expect((await submit("abc", true)).status).toBe(204);
    expect((await page.next("INTERACTION_SUCCESS")).d).toEqual({ nonce: "2" });
    expect((await page.next("MESSAGE_CREATE")).d).toMatchObject({ content: "done", type: 20 });
    expect((await submit("abc", true)).status).toBe(400);
    await another.next("MESSAGE_CREATE");
    expect(seenByAnother).not.toContain("MODAL_CREATE");
  });

  it("stays open if the bot does not answer the submit within 3 s", async () => {
    const { discord } = bot;
    const ketchup = discord.user("ketchup");
    opens(simple, async () => {});
    const opened = await ketchup.command("open").modal();
    const submit = ketchup.submit(opened, { text: "a" });
    discord.advance(3_000);
    await submit.failed();
    await expect(submit.modal()).rejects.toThrow("The application did not respond within 3 s.");
    opens(simple);
    expect(await ketchup.submit(opened, { text: "b" }).answer()).toMatchObject({ content: "done" });
  });
});
