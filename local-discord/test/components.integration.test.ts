import type {
  APIContainerComponent,
  APIMediaGalleryComponent,
  APIMessage,
  APIMessageTopLevelComponent,
} from "discord.js";
import { ButtonStyle, ComponentType, MessageFlags, REST, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";
import { round } from "./round.ts";

const flags = MessageFlags.IsComponentsV2;
const files = [{ name: "a.png", data: Buffer.from("a") }];

/** Sends and edits messages as a bot, with plain requests that no client library corrects or refuses. */
function requests({ api, botToken, channelId }: LocalDiscord) {
  const rest = new REST({ api }).setToken(botToken);
  return {
    send: (body: object, files: { name: string; data: Buffer }[] = []) =>
      rest.post(Routes.channelMessages(channelId), { body, files }) as Promise<APIMessage>,
    edit: ({ id }: APIMessage, body: object, files: { name: string; data: Buffer }[] = []) =>
      rest.patch(Routes.channelMessage(channelId, id), { body, files }) as Promise<APIMessage>,
  };
}

function text(content: string): APIMessageTopLevelComponent {
  return { type: ComponentType.TextDisplay, content };
}

function gallery(...urls: string[]): APIMediaGalleryComponent {
  return { type: ComponentType.MediaGallery, items: urls.map((url) => ({ media: { url } })) };
}

function buttons(...customIds: string[]) {
  const components = customIds.map((custom_id) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Primary as const,
    label: "Press",
    custom_id,
  }));
  return { type: ComponentType.ActionRow as const, components };
}

/** Matches error 50035 with this code at this path. */
function refusal(path: string, code: string) {
  return { status: 400, code: 50035, message: expect.stringContaining(`${path}[${code}]`) as string };
}

describe("a file named by attachment://", () => {
  it("has its URL and size in each gallery, and is not among the attachments", async () => {
    const discord = await openLocalDiscord();
    const { body, files } = await round();
    const sent = await requests(discord).send(body, files);
    const [container] = sent.components as [APIContainerComponent];
    const media = container.components.flatMap((component) =>
      component.type === ComponentType.MediaGallery ? component.items.map((item) => item.media) : [],
    );
    expect(media.map(({ width, height }) => [width, height])).toEqual([
      [1024, 640],
      [600, 1024],
      [800, 800],
      [320, 240],
    ]);
    for (const [index, { url, proxy_url, content_type, attachment_id }] of media.entries()) {
      expect(url).toMatch(
        new RegExp(`^${discord.cdn}/attachments/.*/${attachment_id}/image-${index + 1}.webp$`),
      );
      expect([proxy_url, content_type]).toEqual([url, "image/webp"]);
      expect(
        Buffer.from(await (await fetch(url)).arrayBuffer()).equals(files[index]?.data ?? Buffer.of()),
      ).toBe(true);
    }
    expect(sent.attachments).toEqual([]);
    expect(discord.messages()).toEqual([sent]);
  });

  it("is also found in sections, file components and embeds", async () => {
    const { send } = requests(await openLocalDiscord());
    const thumbnail = { type: ComponentType.Thumbnail, media: { url: "attachment://a.png" } };
    const section = { type: ComponentType.Section, components: [text("a")], accessory: thumbnail };
    const file = { type: ComponentType.File, file: { url: "attachment://a.png" } };
    const { components } = await send({ flags, components: [section, file] }, files);
    const url = expect.stringMatching(/^http.*\/a\.png$/) as string;
    expect(components).toMatchObject([
      { accessory: { media: { url } } },
      { file: { url }, name: "a.png", size: 1 },
    ]);
    const image = { url: "attachment://a.png" };
    const legacy = await send({ embeds: [{ image, thumbnail: image }] }, files);
    expect(legacy).toMatchObject({ embeds: [{ image: { url }, thumbnail: { url } }], attachments: [] });
  });

  it("must be a file of the message: 50035 with its path", async () => {
    const discord = await openLocalDiscord();
    const { send } = requests(discord);
    const code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND";
    const inGallery = send(
      { flags, components: [gallery("https://example.com/a", "attachment://b.png")] },
      files,
    );
    await expect(inGallery).rejects.toMatchObject(refusal("components[0].items[1].media.url", code));
    const inEmbed = send({ embeds: [{ image: { url: "attachment://b.png" } }] }, files);
    await expect(inEmbed).rejects.toMatchObject(refusal("embeds[0].image.url", code));
    expect(discord.messages()).toEqual([]);
  });

  it("is found in an edit only if the body has attachments, as on Discord", async () => {
    const { send, edit } = requests(await openLocalDiscord());
    const sent = await send({ flags, components: [text("before")] });
    const components = [gallery("attachment://a.png")];
    await expect(edit(sent, { components }, files)).rejects.toMatchObject({ code: 50035 });
    const edited = await edit(sent, { components, attachments: [] }, files);
    expect(edited).toMatchObject({
      components: [{ items: [{ media: { attachment_id: expect.any(String) as string } }] }],
    });
  });

  it("stays when its embed is sent again, and is an attachment again when nothing shows it", async () => {
    const { send, edit } = requests(await openLocalDiscord());
    const first = await send({ embeds: [{ image: { url: "attachment://a.png" } }] }, files);
    const { url } = first.embeds[0]?.image ?? {};
    const again = await edit(first, { embeds: first.embeds });
    expect(again.embeds).toEqual(first.embeds);
    expect(again.attachments).toEqual([]);
    const bare = await edit(first, { embeds: [], content: "bare" });
    expect(bare.attachments).toMatchObject([{ filename: "a.png", url, size: 1 }]);
  });
});

describe("a message of components", () => {
  it("refuses a duplicate custom id at any depth", async () => {
    const { send } = requests(await openLocalDiscord());
    const container = { type: ComponentType.Container, components: [text("a"), buttons("no", "yes")] };
    const twice = refusal(
      "components[1].components[1].components[1].custom_id",
      "COMPONENT_CUSTOM_ID_DUPLICATED",
    );
    const sent = send({ flags, components: [buttons("yes"), container] });
    await expect(sent).rejects.toMatchObject(twice);
    const legacy = refusal("components[0].components[1].custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED");
    await expect(send({ components: [buttons("yes", "yes")] })).rejects.toMatchObject(legacy);
  });

  it("accepts custom ids of 1 to 100 characters", async () => {
    const { send } = requests(await openLocalDiscord());
    await send({ components: [buttons("a", "b".repeat(100))] });
    const path = "components[0].components[0].custom_id";
    await expect(send({ components: [buttons("")] })).rejects.toMatchObject(
      refusal(path, "BASE_TYPE_MIN_LENGTH"),
    );
    await expect(send({ components: [buttons("c".repeat(101))] })).rejects.toMatchObject(
      refusal(path, "BASE_TYPE_MAX_LENGTH"),
    );
  });

  it("accepts 40 components, nested ones included, and refuses 41", async () => {
    const { send } = requests(await openLocalDiscord());
    const container = {
      type: ComponentType.Container,
      components: Array.from({ length: 36 }, () => text("a")),
    };
    const components = [container, buttons("no", "yes")];
    await send({ flags, components });
    const sent = send({ flags, components: [...components, text("b")] });
    await expect(sent).rejects.toMatchObject(
      refusal("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    );
  });

  it("accepts 4,000 characters in all text displays, and refuses 4,001", async () => {
    const { send } = requests(await openLocalDiscord());
    await send({ flags, components: [text("a".repeat(3_000)), text("b".repeat(1_000))] });
    const sent = send({ flags, components: [text("a".repeat(3_000)), text("b".repeat(1_001))] });
    await expect(sent).rejects.toMatchObject(
      refusal("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    );
  });

  it("has neither content nor embeds, and stays a message of components", async () => {
    const { send, edit } = requests(await openLocalDiscord());
    const legacy = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    const components = [text("a")];
    const withEmbeds = send({ flags, components, embeds: [{ title: "b" }] });
    await expect(withEmbeds).rejects.toMatchObject(refusal("embeds", legacy));
    const sent = await send({ flags, components });
    await expect(edit(sent, { content: "b" })).rejects.toMatchObject(refusal("content", legacy));
    const back = edit(sent, { flags: 0, components: [], content: "b" });
    await expect(back).rejects.toMatchObject(refusal("flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"));
  });
});

describe("a text message that becomes one of Components V2", () => {
  it("is refused while it keeps its content and embeds, and accepted when the edit removes them", async () => {
    const { send, edit } = requests(await openLocalDiscord());
    const legacy = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    const sent = await send({ content: "a", embeds: [{ title: "b" }] });
    const change = { flags, components: [text("c")] };
    await expect(edit(sent, change)).rejects.toMatchObject(refusal("content", legacy));
    await expect(edit(sent, { ...change, content: null })).rejects.toMatchObject(refusal("embeds", legacy));
    const edited = await edit(sent, { ...change, content: null, embeds: [] });
    expect(edited).toMatchObject({ flags, content: "", embeds: [] });
  });
});

describe("a round in a deferred answer", () => {
  it("takes presses by label and by custom id, and each press is answered privately", async () => {
    const discord = await openLocalDiscord();
    const { body, files } = await round();
    await joinBot(discord, async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.deferReply();
        const attachments = files.map(({ data, name }) => ({ attachment: data, name }));
        await interaction.editReply({ components: body.components, flags, files: attachments });
      }
      if (interaction.isButton()) {
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        await interaction.editReply(`${interaction.user.username}: ${interaction.customId.slice(0, 12)}`);
      }
    });
    const [ketchup, mustard] = [discord.user("ketchup"), discord.user("mustard")];
    const message = await ketchup.command("ping").answer();
    expect(message.attachments).toEqual([]);
    const first = await ketchup.press(message, "1 · hot dog").answer();
    expect(first).toMatchObject({ content: "ketchup: label:r1:1:1", flags: MessageFlags.Ephemeral });
    const second = await mustard.press(message, "label:r1:2:0:".padEnd(100, "x")).answer();
    expect(second.content).toBe("mustard: label:r1:2:0");
    expect(ketchup.messages()).toEqual([message, first]);
    expect(mustard.messages()).toEqual([message, second]);
  });

  it("can be deleted and replaced by a private follow-up", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await interaction.deleteReply();
      await interaction.followUp({
        flags: flags | MessageFlags.Ephemeral,
        components: [text("No images yet.")],
      });
    });
    const answer = await discord.user("ketchup").command("ping").answer();
    expect(answer.flags).toBe(flags | MessageFlags.Ephemeral);
    expect(discord.messages()).toEqual([answer]);
    expect(discord.user("mustard").messages()).toEqual([]);
  });
});
