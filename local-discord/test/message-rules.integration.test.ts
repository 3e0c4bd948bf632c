import type { APIMessage } from "discord.js";
import { ButtonStyle, ComponentType, MessageFlags, REST, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { openLocalDiscord } from "./bot.ts";

/** Opens a local Discord for plain requests, which no client library corrects or refuses. */
async function open() {
  const discord = await openLocalDiscord({ rateLimits: false });
  const rest = new REST({ api: discord.api, globalRequestsPerSecond: 500 }).setToken(discord.botToken);
  const route = Routes.channelMessages(discord.channelId);
  return {
    discord,
    send: (body: object) => rest.post(route, { body }) as Promise<APIMessage>,
    edit: ({ id }: APIMessage, body: object) => rest.patch(`${route}/${id}`, { body }) as Promise<APIMessage>,
    list: (query: Record<string, string>) =>
      rest.get(route, { query: new URLSearchParams(query) }) as Promise<APIMessage[]>,
  };
}

function button(changes: object) {
  const plain = { type: ComponentType.Button, style: ButtonStyle.Primary, label: "Press", custom_id: "p" };
  return { components: [{ type: ComponentType.ActionRow, components: [{ ...plain, ...changes }] }] };
}

const link = { style: ButtonStyle.Link, custom_id: undefined, url: "https://example.com/" };
const first = "components[0].components[0]";
const field = { name: "Name", value: "Value" };
const rows = (count: number) => ({
  components: Array.from({ length: count }, (_, index) => button({ custom_id: `p${index}` }).components[0]),
});
const embed = (changes: object) => ({ embeds: [{ title: "Title", ...changes }] });
const js = "javascript:alert(1)";
const id = "1234567890123456";
const file = { type: ComponentType.File, file: { url: "https://example.com/a.png" } };

describe("a message is refused with 50035", () => {
  it.each<[string, object, string]>([
    [
      "a button without a custom id",
      button({ custom_id: undefined }),
      `${first}.custom_id[BASE_TYPE_REQUIRED]`,
    ],
    ["a link without an address", button({ ...link, url: undefined }), `${first}.url[BASE_TYPE_REQUIRED]`],
    ["a button without label and emoji", button({ label: undefined }), `${first}.label[BASE_TYPE_REQUIRED]`],
    [
      "a link with a custom id",
      button({ ...link, custom_id: "p" }),
      `${first}[BUTTON_COMPONENT_CUSTOM_ID_URL`,
    ],
    ["a button with an address", button({ url: link.url }), `${first}[BUTTON_COMPONENT_CUSTOM_ID_URL`],
    ["a link to a script", button({ ...link, url: js }), `${first}.url[URL_TYPE_INVALID_SCHEME]`],
    ["a link to nowhere", button({ ...link, url: "nowhere" }), `${first}.url[URL_TYPE_INVALID_URL]`],
    ["6 action rows", rows(6), "components[BASE_TYPE_MAX_LENGTH]: Must be 5 or fewer"],
    ["an embed of a script", embed({ url: js }), "embeds[0].url[URL_TYPE_INVALID_SCHEME]"],
    ["a picture of a script", embed({ image: { url: js } }), "embeds[0].image.url[URL_TYPE_INVALID_SCHEME]"],
    ["an empty embed", { content: "a", embeds: [{}] }, "embeds[0].description[BASE_TYPE_REQUIRED]"],
    ["a nameless field", embed({ fields: [{ ...field, name: " " }] }), "embeds[0].fields[0].name[BASE_TYPE"],
    ["an empty field", embed({ fields: [{ ...field, value: "" }] }), "embeds[0].fields[0].value[BASE_TYPE"],
    [
      "embeds of 6,001 characters",
      { embeds: [{ description: "a".repeat(4_000) }, { description: "b".repeat(2_001) }] },
      "embeds[MAX_EMBED_SIZE_EXCEEDED]",
    ],
    [
      "a file component of another site",
      { flags: MessageFlags.IsComponentsV2, components: [file] },
      "components[0].file.url[UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND]",
    ],
    [
      "all mentions and some",
      { content: "a", allowed_mentions: { parse: ["users"], users: [id] } },
      "allowed_mentions[MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE]",
    ],
  ])("for %s", async (_, body, fault) => {
    const { send, discord } = await open();
    const refusal = { code: 50035, message: expect.stringContaining(fault) as string };
    await expect(send(body)).rejects.toMatchObject(refusal);
    expect(discord.messages()).toEqual([]);
  });
});

describe("a message is accepted", () => {
  it.each<[string, object]>([
    ["with a link", button(link)],
    ["with a button of an emoji", button({ label: undefined, emoji: { name: "🌭" } })],
    ["with 5 action rows", rows(5)],
    ["with a field", { embeds: [{ fields: [field] }] }],
    ["with a picture", { embeds: [{ image: { url: "https://example.com/a.png" } }] }],
    [
      "with embeds of 6,000 characters",
      embed({ description: "a".repeat(4_000), footer: { text: "b".repeat(1_995) } }),
    ],
    [
      "with some mentions, and none of a kind",
      { content: "a", allowed_mentions: { parse: ["roles"], users: [id] } },
    ],
  ])("%s", async (_, body) => {
    await expect((await open()).send(body)).resolves.toHaveProperty("id");
  });
});

describe("content", () => {
  it("of white space counts as empty: 50006; around other text it is trimmed", async () => {
    const { send, edit } = await open();
    await expect(send({ content: " \n\t" })).rejects.toMatchObject({ code: 50006 });
    const sent = await send({ content: "  hello\n" });
    expect(sent.content).toBe("hello");
    expect(await edit(sent, { content: " bye " })).toMatchObject({ content: "bye" });
    await expect(edit(sent, { content: " " })).rejects.toMatchObject({ code: 50006 });
  });
});

describe("a list of messages", () => {
  it("has the messages around one", async () => {
    const { discord, list } = await open();
    const posts = ["1", "2", "3", "4", "5"].map((content) => discord.user("relish").post(content));
    const around = async (index: number, limit: string) =>
      (await list({ around: posts[index]?.id ?? "", limit })).map(({ content }) => content);
    expect(await around(2, "3")).toEqual(["4", "3", "2"]);
    expect(await around(0, "3")).toEqual(["2", "1"]);
    expect(await around(4, "50")).toEqual(["5", "4", "3", "2", "1"]);
  });

  it("is refused for a limit that is not 1 to 100, and for an invalid id: 50035", async () => {
    const { list } = await open();
    for (const query of [
      { limit: "0" },
      { limit: "101" },
      { limit: "x" },
      { before: "abc" },
      { around: "-1" },
    ]) {
      await expect(list(query)).rejects.toMatchObject({ code: 50035 });
    }
    expect(await list({ limit: "100" })).toEqual([]);
  });
});
