import type { Interaction, RESTPostAPIApplicationCommandsJSONBody } from "discord.js";
import { ApplicationCommandOptionType, PermissionFlagsBits } from "discord.js";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";

const { Attachment } = ApplicationCommandOptionType;
const upload: RESTPostAPIApplicationCommandsJSONBody = {
  name: "upload",
  description: "Adds images",
  options: [
    { type: Attachment, name: "image", description: "An image", required: true },
    { type: Attachment, name: "image2", description: "Another image" },
  ],
};
const add = { type: 3, name: "Add to image set" } as const;
const remove = {
  type: 3,
  name: "Remove from image set",
  default_member_permissions: String(PermissionFlagsBits.ManageMessages),
} as const;

async function picture(name: string) {
  const background = { r: 200, g: 60, b: 40 };
  const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background } })
    .png()
    .toBuffer();
  return { name, bytes };
}

/** Logs in a bot that keeps the interactions it receives and answers "pong". */
async function listening(commands: RESTPostAPIApplicationCommandsJSONBody[] = [upload, add, remove]) {
  const discord = await openLocalDiscord();
  const received: Interaction[] = [];
  await joinBot(
    discord,
    async (interaction) => {
      received.push(interaction);
      if (interaction.isRepliable()) await interaction.reply("pong");
    },
    commands,
  );
  return { discord, received };
}

describe("an attachment option", () => {
  it("contains a file, its size and a URL that serves it unchanged", async () => {
    const { discord, received } = await listening();
    const file = await picture("a hot dog.png");
    const text = { name: "notes.txt", bytes: Buffer.from("text"), type: "image/png" };
    await discord.user("relish").command("upload", { image: file, image2: text }).answer();
    const [interaction] = received;
    if (!interaction?.isChatInputCommand()) throw new Error("no command");
    const image = interaction.options.getAttachment("image", true);
    const size = file.bytes.length;
    expect(image).toMatchObject({ name: "a_hot_dog.png", size, contentType: "image/png", ephemeral: true });
    expect(image).toMatchObject({ width: 30, height: 20 });
    expect(new URL(image.url).origin).toBe(discord.cdn);
    expect(Buffer.from(await (await fetch(image.url)).arrayBuffer()).equals(file.bytes)).toBe(true);
    const lie = interaction.options.getAttachment("image2", true);
    expect(lie).toMatchObject({ name: "notes.txt", contentType: "image/png", width: null });
  });

  it("accepts only files of at most 10 MiB, and is required", async () => {
    const { discord } = await listening();
    const relish = discord.user("relish");
    const large = { name: "large.png", bytes: Buffer.alloc(10 * 1024 * 1024 + 1) };
    expect(() => relish.command("upload", { image: "text" })).toThrow("takes a file.");
    expect(() => relish.command("upload", { image: large })).toThrow('"large.png" is too large');
    expect(() => relish.command("upload")).toThrow('/upload needs its option "image".');
  });
});

describe("a message command", () => {
  it("contains its whole target message, and its answer refers to that without pinging its author", async () => {
    const { discord, received } = await listening();
    const target = discord.user("mustard").post("look", [await picture("a.png")]);
    const handle = discord.user("ketchup").messageCommand("Add to image set", target);
    expect(await handle.answer()).toMatchObject({
      type: 23,
      content: "pong",
      mentions: [],
      referenced_message: { id: target.id },
      interaction: { name: "Add to image set" },
      interaction_metadata: { type: 2, target_message_id: target.id },
    });
    const [interaction] = received;
    if (!interaction?.isMessageContextMenuCommand()) throw new Error("no message command");
    expect(interaction.targetMessage).toMatchObject({ id: target.id, content: "look" });
    expect(interaction.targetMessage.attachments.map(({ name }) => name)).toEqual(["a.png"]);
  });

  it("can be used by the owner, and by people with the permission", async () => {
    const { discord, received } = await listening();
    const target = discord.user("relish").post("look");
    const use = (name: "ketchup" | "mustard" | "relish") =>
      discord.user(name).messageCommand("Remove from image set", target);
    await use("ketchup").answer();
    await use("mustard").answer();
    expect(received.map(({ memberPermissions }) => memberPermissions?.has("ManageMessages"))).toEqual([
      true,
      true,
    ]);
    expect(() => use("relish")).toThrow('relish may not use "Remove from image set" here.');
    await discord.user("relish").messageCommand("Add to image set", target).answer();
    expect(received.at(-1)?.memberPermissions?.has("ManageMessages")).toBe(false);
    expect(received.at(-1)?.memberPermissions?.has("SendMessages")).toBe(true);
  });

  it("with the permissions '0' can be used by the owner only", async () => {
    const { discord } = await listening([{ ...add, default_member_permissions: "0" }]);
    const target = discord.user("relish").post("look");
    expect(await discord.waitForCommand("Add to image set")).toMatchObject({
      default_member_permissions: "0",
      description: "",
    });
    expect(() => discord.user("mustard").messageCommand("Add to image set", target)).toThrow("may not use");
    await discord.user("ketchup").messageCommand("Add to image set", target).answer();
  });

  it("does not find a message that the person cannot see", async () => {
    const { discord } = await listening();
    const hidden = discord.user("mustard").post("for the bot", [], { dm: true });
    expect(() => discord.user("ketchup").messageCommand("Add to image set", hidden)).toThrow(
      "There is no such message.",
    );
  });
});

describe("a message of a person", () => {
  it("has at most 10 files of at most 10 MiB", async () => {
    const discord = await openLocalDiscord();
    const relish = discord.user("relish");
    const file = await picture("a.png");
    const large = { name: "large.png", bytes: Buffer.alloc(10 * 1024 * 1024 + 1) };
    expect(relish.post("ten", Array(10).fill(file)).attachments).toHaveLength(10);
    expect(() => relish.post("eleven", Array(11).fill(file))).toThrow("At most 10 files");
    expect(() => relish.post("large", [large])).toThrow('"large.png" is too large');
    expect(discord.messages()).toHaveLength(1);
  });

  it("mentions the people it names and the author it replies to", async () => {
    const discord = await openLocalDiscord();
    const first = discord.user("ketchup").post(`<@${discord.applicationId}> look`);
    expect(first.mentions).toMatchObject([{ id: discord.applicationId }]);
    const reply = discord.user("relish").post("nice", [], { replyTo: first });
    expect(reply).toMatchObject({ type: 19, mentions: [{ username: "ketchup" }] });
    expect(reply.referenced_message?.id).toBe(first.id);
  });
});
