import { type APIInteraction, ComponentType, InteractionType, MessageFlags } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import { joinBot } from "../bot.ts";
import { callApi, joinHttpBot, openLogged, register, sendJson, startHttpBot } from "./http-bot.ts";

const button = { type: ComponentType.Button, style: 1, label: "More", custom_id: "more" };
const row = { type: ComponentType.ActionRow, components: [button] };
const input = { type: ComponentType.TextInput, custom_id: "text", style: 1 };
const modal = {
  title: "Say it",
  custom_id: "say",
  components: [{ type: ComponentType.Label, label: "Text", component: input }],
};

describe("a bot with an interactions endpoint", () => {
  it("answers with the response to the request, then with webhooks", async () => {
    const received: APIInteraction[] = [];
    const { discord } = await joinHttpBot((interaction, response) => {
      received.push(interaction);
      sendJson(response, { type: 4, data: { content: "pong", components: [row] } });
    });
    const relish = discord.user("relish");
    const answer = await relish.command("ping").answer();
    expect(answer).toMatchObject({ content: "pong", interaction_metadata: { user: { username: "relish" } } });
    const [interaction] = received;
    expect(interaction).toMatchObject({
      type: InteractionType.ApplicationCommand,
      application_id: discord.applicationId,
      data: { name: "ping" },
    });
    const webhook = `/webhooks/${discord.applicationId}/${interaction?.token}`;
    expect(await callApi(discord, "POST", webhook, { content: "more" })).toMatchObject({ status: 200 });
    expect(
      await callApi(discord, "PATCH", `${webhook}/messages/@original`, { content: "PONG" }),
    ).toMatchObject({
      body: { id: answer.id, content: "PONG" },
    });
  });

  it("defers, updates, suggests choices, opens modals and uploads files", async () => {
    const { discord } = await joinHttpBot(async (interaction, response) => {
      if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
        return sendJson(response, { type: 8, data: { choices: [{ name: "Cat", value: "cat" }] } });
      if (interaction.type === InteractionType.ModalSubmit)
        return sendJson(response, { type: 4, data: { content: "thanks", flags: MessageFlags.Ephemeral } });
      if (interaction.type === InteractionType.MessageComponent)
        return sendJson(response, { type: 7, data: { content: "more", components: [] } });
      if (interaction.data.name === "edit") return sendJson(response, { type: 9, data: modal });
      if (interaction.data.name === "later") return sendJson(response, { type: 5 });
      const form = new FormData();
      const attachments = [{ id: 0, filename: "a.txt" }];
      form.set("payload_json", JSON.stringify({ type: 4, data: { components: [row], attachments } }));
      form.set("files[0]", new File(["abc"], "a.txt"));
      const formed = new Response(form);
      response.writeHead(200, { "content-type": formed.headers.get("content-type") ?? "" });
      response.end(Buffer.from(await formed.arrayBuffer()));
      return undefined;
    });
    await register(
      discord,
      { name: "file" },
      { name: "later" },
      { name: "edit" },
      { name: "find", options: [{ type: 3, name: "animal", description: "One", autocomplete: true }] },
    );
    const relish = discord.user("relish");
    expect(await relish.autocomplete("find", "animal", "c")).toEqual([{ name: "Cat", value: "cat" }]);
    const file = await relish.command("file").answer();
    expect(await (await fetch(file.attachments[0]?.url ?? "")).text()).toBe("abc");
    expect(await relish.press(file, "More").answer()).toMatchObject({ id: file.id, content: "more" });
    relish.command("later");
    await relish.waitForMessage(({ flags = 0 }) => (flags & MessageFlags.Loading) !== 0);
    const opened = await relish.command("edit").modal();
    expect(await relish.submit(opened, { text: "Hi" }).answer()).toMatchObject({
      content: "thanks",
      flags: 64,
    });
    expect(discord.traffic().findLast(({ files }) => files)?.files).toEqual([{ name: "a.txt", size: 3 }]);
  });

  it("can answer with nothing, and send the response to the callback route", async () => {
    const { discord } = await joinHttpBot(async ({ id, token }, response) => {
      response.writeHead(202).end();
      const path = `/interactions/${id}/${token}/callback`;
      await callApi(discord, "POST", path, { type: 4, data: { content: "called back" } });
    });
    expect((await discord.user("relish").command("ping").answer()).content).toBe("called back");
  });

  it("gets no INTERACTION_CREATE from the gateway until the endpoint is removed", async () => {
    const { discord } = await openLogged();
    const url = await startHttpBot(
      () => discord.publicKey,
      (_, response) => sendJson(response, { type: 4, data: { content: "over HTTP" } }),
    );
    await joinBot(discord, async (interaction) => interaction.isRepliable() && interaction.reply("gateway"));
    const use = async () => (await discord.user("relish").command("ping").answer()).content;
    expect(await use()).toBe("gateway");
    await discord.setInteractionsUrl(url);
    expect(await use()).toBe("over HTTP");
    expect(discord.traffic().filter(({ title }) => title === "INTERACTION_CREATE")).toHaveLength(1);
    expect(
      await callApi(discord, "PATCH", "/applications/@me", { interactions_endpoint_url: null }),
    ).toMatchObject({
      status: 200,
      body: { interactions_endpoint_url: null },
    });
    expect(await use()).toBe("gateway");
  });

  it("gets nothing from a guild that it is not in", async () => {
    let count = 0;
    const { discord } = await joinHttpBot((_, response) => {
      count += 1;
      sendJson(response, { type: 4, data: { content: "pong", components: [row] } });
    });
    const relish = discord.user("relish");
    const answer = await relish.command("ping").answer();
    discord.removeBot(discord.guildId);
    const press = relish.press(answer, "More");
    discord.advance(3_000);
    await press.failed();
    expect(count).toBe(1);
  });
});

describe("an answer that Discord cannot use fails the interaction", () => {
  it.each<[string, Parameters<typeof joinHttpBot>[0], string]>([
    [
      "an error",
      (_, response) => void response.writeHead(500).end("Oops"),
      'answered 500 Internal Server Error and "Oops".',
    ],
    [
      "a redirect",
      (_, response) => void response.writeHead(301, { location: "/" }).end(),
      "answered 301 Moved Permanently.",
    ],
    ["no JSON", (_, response) => void response.end("pong"), 'answered 200 OK and "pong", which is not JSON.'],
    [
      "PONG",
      (_, response) => sendJson(response, { type: 1 }),
      "50035 Invalid Form Body\n- type: Value of field",
    ],
    [
      "an invalid message",
      (_, response) => sendJson(response, { type: 4, data: { content: "a".repeat(2_001) } }),
      "50035 Invalid Form Body\n- data.content: Must be 2000 or fewer in length.",
    ],
    [
      "what is not built",
      (_, response) => sendJson(response, { type: 12 }),
      "does not have interaction callbacks of type 12",
    ],
    ["no answer", (_, response) => void response.destroy(), "closed the connection without an answer."],
  ])("%s", async (_, handle, reason) => {
    const { discord, log, url } = await joinHttpBot(handle);
    const use = discord.user("relish").command("ping");
    await expect(use.answer()).rejects.toThrow(
      `The application did not respond. The interactions endpoint ${url}`,
    );
    await expect(use.answer()).rejects.toThrow(reason);
    expect(log.at(-1)).toContain(reason);
    const problem = discord.traffic().at(-1)?.problem ?? "";
    expect(`${url} ${problem}.`).toContain(reason);
  });

  it("none within 3 s, also if it comes later", async () => {
    const { promise: late, resolve: answer } = Promise.withResolvers<void>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    const { discord } = await joinHttpBot(async (_, response) => {
      response.once("close", close);
      arrive();
      await late;
      sendJson(response, { type: 4, data: { content: "late" } });
    });
    const use = discord.user("relish").command("ping");
    await arrived;
    discord.advance(3_000);
    await expect(use.answer()).rejects.toThrow("The application did not respond within 3 s.");
    await closed;
    answer();
    expect(discord.messages()).toEqual([]);
    expect(discord.traffic().at(-1)).toMatchObject({ problem: "did not answer within 3 s" });
  });

  it("two, of which the second one is ignored", async () => {
    const { discord, log } = await joinHttpBot(async ({ id, token }, response) => {
      const path = `/interactions/${id}/${token}/callback`;
      await callApi(discord, "POST", path, { type: 4, data: { content: "first" } });
      sendJson(response, { type: 4, data: { content: "second" } });
    });
    expect((await discord.user("relish").command("ping").answer()).content).toBe("first");
    await expect.poll(() => log).toEqual([expect.stringContaining("40060 Interaction has already been")]);
    expect(discord.messages()).toHaveLength(1);
  });
});
