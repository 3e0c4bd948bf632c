import { ComponentType, TextInputStyle } from "discord.js";
import { describe, expect, it } from "vitest";
import {
  channels,
  checkbox,
  checkboxes,
  files,
  letters,
  mentionables,
  modalOf,
  radio,
  roles,
  text,
  users,
} from "./components.ts";
import { modalBot } from "./modal-bot.ts";

const bot = modalBot();
const { opens } = bot;
const png = { name: "a.png", bytes: Buffer.from("a") };

/** Returns the last interaction that was sent to the bot. */
function lastInteraction() {
  const { response } = bot.discord.traffic().findLast(({ title }) => title === "INTERACTION_CREATE") ?? {};
  return (response as { d: Record<string, unknown> & { data: { components: object[] } } }).d;
}

/** Returns the values of the inputs with labels that were last submitted. */
function lastValues() {
  return lastInteraction().data.components.map((one) => {
    const { value, values } = (one as { component: { value?: unknown; values?: unknown } }).component;
    return values ?? value;
  });
}

describe("the submit of a modal", () => {
  it("brings a text, choices, people and files to the bot", async () => {
    const [relish, mustard] = [bot.discord.user("relish"), bot.discord.user("mustard")];
    const modal = modalOf(
      text("question", { value: "Is it?" }),
      letters("letters", { max_values: 2 }),
      users("who"),
      files("images", { max_values: 2, file_types: ["image"] }),
    );
    modal.components.push({ type: ComponentType.TextDisplay, content: "Thank you" });
    opens(modal, async (submit) => {
      const { fields } = submit;
      expect(fields.getTextInputValue("question")).toBe("Is it?");
      expect(fields.getStringSelectValues("letters")).toEqual(["a", "c"]);
      expect(fields.getSelectedUsers("who", true)?.map(({ username }) => username)).toEqual(["mustard"]);
      expect(fields.getSelectedMembers("who")?.size).toBe(1);
      const [image] = fields.getUploadedFiles("images", true)?.values() ?? [];
      expect(image).toMatchObject({ name: "a.png", contentType: "image/png", ephemeral: true });
      expect(await (await fetch(image?.url ?? "")).text()).toBe("a");
      await submit.reply("done");
    });
    const opened = await relish.command("open").modal();
    const submit = relish.submit(opened, { letters: ["A", "c"], who: "mustard", images: [png] });
    await submit.answer();
    const { data, ...interaction } = lastInteraction();
    expect(interaction).toMatchObject({ id: submit.id, type: 5, guild_locale: "en-US" });
    expect(interaction).not.toHaveProperty("message");
    expect(data).toMatchObject({
      custom_id: "modal",
      components: [
        { type: 18, id: 1, component: { type: 4, id: 2, custom_id: "question", value: "Is it?" } },
        { type: 18, id: 3, component: { type: 3, id: 4, custom_id: "letters", values: ["a", "c"] } },
        { type: 18, id: 5, component: { type: 5, id: 6, custom_id: "who", values: [mustard.id] } },
        { type: 18, id: 7, component: { type: 19, id: 8, values: [expect.stringMatching(/^\d+$/)] } },
        { type: 10, id: 9 },
      ],
    });
  });

  it("brings roles, channels, radio buttons and checkboxes to the bot", async () => {
    const { discord } = bot;
    const relish = discord.user("relish");
    opens(
      modalOf(roles("role"), channels("channel"), radio("one"), checkboxes("some"), checkbox("agreed")),
      async (submit) => {
        const { fields } = submit;
        expect(fields.getSelectedRoles("role", true)?.map((one) => one?.name)).toEqual(["moderator"]);
        expect(fields.getSelectedChannels("channel", true)?.map((one) => one?.name)).toEqual(["general"]);
        expect(fields.getRadioGroup("one")).toBe("b");
        expect(fields.getCheckboxGroup("some")).toEqual(["a", "c"]);
        expect(fields.getCheckbox("agreed")).toBe(true);
        await submit.reply("done");
      },
    );
    const opened = await relish.command("open").modal();
    const values = {
      role: "moderator",
      channel: discord.channelId,
      one: "B",
      some: ["a", "c"],
      agreed: true,
    };
    await relish.submit(opened, values).answer();
  });

  it("brings mentions, and the text of an action row, to the bot", async () => {
    const { discord } = bot;
    const relish = discord.user("relish");
    const modal = modalOf(mentionables("who", { max_values: 2 }));
    const old = { type: 4, custom_id: "old", label: "Old", style: TextInputStyle.Paragraph } as const;
    modal.components.push({ type: ComponentType.ActionRow, components: [old] });
    opens(modal);
    const who = [relish.id, discord.guildId];
    const opened = await relish.command("open").modal();
    await relish.submit(opened, { who, old: "two\nlines" }).answer();
    expect(lastInteraction().data).toMatchObject({
      components: [
        { component: { values: who } },
        { type: 1, id: 3, components: [{ type: 4, id: 4, custom_id: "old", value: "two\nlines" }] },
      ],
      resolved: { users: { [relish.id]: {} }, roles: { [discord.guildId]: { name: "@everyone" } } },
    });
  });

  it("has the prefilled values of inputs that the person leaves alone", async () => {
    const relish = bot.discord.user("relish");
    const options = ["a", "b"].map((value) => ({ label: value, value, default: value === "b" }));
    const me = { id: relish.id, type: "user" };
    opens(
      modalOf(
        text("text", { value: "before" }),
        letters("letters", { options }),
        users("who", { default_values: [me] }),
        radio("one", { options }),
        checkboxes("some", { options }),
      ),
    );
    await relish.submit(await relish.command("open").modal()).answer();
    expect(lastValues()).toEqual(["before", ["b"], [relish.id], "b", ["b"]]);
  });

  it("has empty values for optional inputs, even with a minimum", async () => {
    const ketchup = bot.discord.user("ketchup");
    const required = false;
    opens(
      modalOf(
        text("text", { required, min_length: 5 }),
        letters("letters", { required, min_values: 2, max_values: 3 }),
        files("files", { required, min_values: 2, max_values: 3 }),
        radio("one", { required }),
        checkboxes("some", { required, min_values: 2 }),
      ),
    );
    await ketchup.submit(await ketchup.command("open").modal()).answer();
    expect(lastValues()).toEqual(["", [], [], null, []]);
    expect(lastInteraction().data).not.toHaveProperty("resolved");
    opens(modalOf(checkbox("agreed"), users("who", { required: false })));
    await ketchup.submit(await ketchup.command("open").modal()).answer();
    expect(lastValues()).toEqual([false, []]);
  });
});

describe("what the dialog would not send", () => {
  it("is refused with what is wrong with each input, and the person can correct it", async () => {
    const relish = bot.discord.user("relish");
    opens(
      modalOf(
        text("text", { min_length: 2, max_length: 3 }),
        letters("letters", { min_values: 2, max_values: 2 }),
        files("files", { min_values: 2, max_values: 3, file_types: ["image"] }),
        radio("one"),
        checkboxes("some", { min_values: 2, max_values: 2 }),
      ),
    );
    const opened = await relish.command("open").modal();
    const good = { text: "abc", letters: ["a", "b"], files: [png, png], one: "a", some: ["a", "b"] };
    const refused = (values: Parameters<typeof relish.submit>[1], message: string) =>
      expect(() => relish.submit(opened, { ...good, ...values })).toThrow(message);
    expect(() => relish.submit(opened)).toThrow(
      'The modal "A modal" cannot be submitted. text: Required. letters: Required. files: Required. one: Required. some: Required.',
    );
    refused({ text: "a" }, "text: Must have at least 2 characters.");
    refused({ text: "abcd" }, "text: Must have at most 3 characters.");
    refused({ text: "a\nb" }, "text: Must be a single line.");
    refused({ text: true }, "text: Expected a text.");
    refused({ letters: "a" }, 'letters: The select menu "letters" takes 2 values, not 1.');
    refused({ letters: ["a", "x"] }, 'takes only the values "a", "b", "c".');
    refused({ files: [png] }, "files: Upload at least 2.");
    refused({ files: [png, png, png, png] }, "files: Upload at most 3.");
    refused(
      { files: [png, { name: "a.txt", bytes: png.bytes }] },
      'files: "a.txt" is not of an accepted type.',
    );
    refused({ files: [png, { name: "a.png", bytes: Buffer.alloc(10 * 1024 * 1024 + 1) }] }, "too large");
    refused({ files: "a.png" }, "files: Expected an array of files.");
    refused({ one: "x" }, 'one: "x" is not an option. The options are "a", "b", "c".');
    refused({ one: ["a", "b"] }, "one: Choose at most 1.");
    refused({ some: ["a", "a"] }, "some: The same value is chosen twice.");
    refused({ some: ["a", "b", "c"] }, "some: Choose at most 2.");
    refused({ other: "a" }, "other: The modal has no such input.");
    await relish.submit(opened, good).answer();
  });

  it("includes unknown people, and channels of other types and servers", async () => {
    const { discord } = bot;
    const relish = discord.user("relish");
    opens(
      modalOf(users("who"), channels("voice", { channel_types: [2], required: false }), channels("channel")),
    );
    const opened = await relish.command("open").modal();
    const good = { who: relish.id, channel: discord.channelId };
    const refused = (values: object, message: string) =>
      expect(() => relish.submit(opened, { ...good, ...values })).toThrow(message);
    refused({ who: "123" }, "who: There is no user 123.");
    refused({ voice: discord.channelId }, "voice: ");
    refused({ channel: discord.guilds[1]?.channels[0]?.id }, "channel: There is no channel");
    await relish.submit(opened, good).answer();
  });
});
