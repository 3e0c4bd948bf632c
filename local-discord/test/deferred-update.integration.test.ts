import type { APIMessage, ButtonInteraction, Interaction } from "discord.js";
import { ButtonStyle, ComponentType, MessageFlags, Routes } from "discord.js";
import { expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";

const { Ephemeral, IsComponentsV2 } = MessageFlags;
const { ActionRow, Button, MediaGallery } = ComponentType;

const row = {
  type: ActionRow,
  components: [
    { type: Button, style: ButtonStyle.Primary, label: "Next", custom_id: "next" },
    { type: Button, style: ButtonStyle.Danger, label: "Close", custom_id: "close" },
  ],
} as const;

/** Builds a message that shows these files: in a gallery if it is one of Components V2, as attachments if not. */
function showing(names: string[], v2: boolean) {
  const items = names.map((name) => ({ media: { url: `attachment://${name}` } }));
  const files = names.map((name) => ({ name, attachment: Buffer.from(`bytes of ${name}`) }));
  if (!v2) return { files, components: [row] } as const;
  return { flags: IsComponentsV2, files, components: [{ type: MediaGallery, items }, row] } as const;
}

/** Returns the URLs of the files that a message shows. */
function urlsOf({ attachments, components = [] }: APIMessage): string[] {
  const shown = components.flatMap((one) =>
    one.type === MediaGallery ? one.items.map(({ media }) => media.url) : [],
  );
  return [...attachments.map(({ url }) => url), ...shown];
}

const namesOf = (message: APIMessage) => urlsOf(message).map((url) => url.split("/").at(-1));
const isServed = async (url: string) => (await fetch(url)).ok;

it.each([
  ["a public message", 0, false],
  ["a private message", Ephemeral, false],
  ["a public message of Components V2", 0, true],
  ["a private message of Components V2", Ephemeral, true],
] as const)("%s gets new files by an edit after a deferred update", async (_, privacy, v2) => {
  const discord = await openLocalDiscord();
  const next = async (press: ButtonInteraction) => {
    await press.deferUpdate();
    expect((await press.fetchReply()).id).toBe(press.message.id);
    await press.editReply({ ...showing(["b.png"], v2), attachments: [] });
    const again = Routes.interactionCallback(press.id, press.token);
    await expect(press.client.rest.post(again, { body: { type: 6 }, auth: false })).rejects.toMatchObject({
      code: 40060,
    });
    await press.followUp({ content: "more", flags: Ephemeral });
  };
  await joinBot(discord, async (interaction: Interaction) => {
    if (interaction.isChatInputCommand()) {
      const message = showing(["a.png"], v2);
      await interaction.reply({ ...message, flags: (v2 ? IsComponentsV2 : 0) | privacy });
    }
    if (!interaction.isButton()) return;
    if (interaction.customId === "next") return next(interaction);
    await interaction.deferUpdate();
    await interaction.deleteReply();
  });
  const ketchup = discord.user("ketchup");
  const first = await ketchup.command("ping").answer();
  expect(namesOf(first)).toEqual(["a.png"]);
  const pressed = ketchup.press(first, "next");
  const more = await ketchup.waitForMessage(({ content }) => content === "more");
  expect(more).toMatchObject({ type: 19, message_reference: { message_id: first.id }, flags: Ephemeral });

  const edited = await pressed.answer();
  expect(edited).toMatchObject({ id: first.id, flags: first.flags, edited_timestamp: expect.any(String) });
  expect(namesOf(edited)).toEqual(["b.png"]);
  expect(await Promise.all([...urlsOf(first), ...urlsOf(edited)].map(isServed))).toEqual([false, true]);
  expect(discord.messages()).toHaveLength(2);

  ketchup.press(edited, "close");
  await expect.poll(() => discord.messages().map(({ id }) => id)).toEqual([more.id]);
  expect(await Promise.all(urlsOf(edited).map(isServed))).toEqual([false]);
});

it("the files of an edited message are those that its attachments name, or all", async () => {
  const discord = await openLocalDiscord();
  const bot = await joinBot(discord);
  const file = (name: string) => ({ name, data: Buffer.from(`bytes of ${name}`) });
  const messages = Routes.channelMessages(discord.channelId);
  const sent = (await bot.rest.post(messages, { files: [file("a.png")] })) as APIMessage;
  const edit = async (body: object, files = [] as ReturnType<typeof file>[]) =>
    namesOf((await bot.rest.patch(`${messages}/${sent.id}` as const, { body, files })) as APIMessage);
  const [a] = sent.attachments;

  expect(await edit({ content: "same" })).toEqual(["a.png"]);
  expect(await edit({}, [file("b.png")])).toEqual(["a.png", "b.png"]);
  expect(await edit({ attachments: [{ id: a?.id }, { id: 0 }] }, [file("c.png")])).toEqual([
    "a.png",
    "c.png",
  ]);
  expect(await edit({ attachments: [{ id: 0 }] }, [file("d.png")])).toEqual(["d.png"]);
  expect(await isServed(a?.url ?? "")).toBe(false);
  expect(await edit({ attachments: [] })).toEqual([]);
});

it("a file stays while another message shows it", async () => {
  const discord = await openLocalDiscord();
  const bot = await joinBot(discord);
  const messages = Routes.channelMessages(discord.channelId);
  const files = [{ name: "a.png", data: Buffer.from("a") }];
  const first = (await bot.rest.post(messages, { files })) as APIMessage;
  const [url = ""] = urlsOf(first);
  const body = { embeds: [{ image: { url } }] };
  const second = (await bot.rest.post(messages, { body })) as APIMessage;
  await bot.rest.delete(`${messages}/${first.id}`);
  expect(await isServed(url)).toBe(true);
  await bot.rest.delete(`${messages}/${second.id}`);
  expect(await isServed(url)).toBe(false);
});

it("an update of the pressed message brings files too", async () => {
  const discord = await openLocalDiscord();
  await joinBot(discord, async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.reply(showing(["a.png"], true));
    if (interaction.isButton()) await interaction.update({ ...showing(["b.png"], true), attachments: [] });
  });
  const ketchup = discord.user("ketchup");
  const first = await ketchup.command("ping").answer();
  const updated = await ketchup.press(first, "next").answer();
  expect([updated.id, namesOf(updated)]).toEqual([first.id, ["b.png"]]);
  expect(await Promise.all([...urlsOf(first), ...urlsOf(updated)].map(isServed))).toEqual([false, true]);
});
