import type { APIApplicationCommandOption } from "discord.js";
import { ApplicationCommandOptionType as Type, ChannelType } from "discord.js";
import { describe, expect, it } from "vitest";
import { joinReplyingBot, openLocalDiscord } from "./bot.ts";

/** Registers /pick with these options; returns functions to use it and to see what the bot received. */
async function picking(...options: object[]) {
  const discord = await openLocalDiscord();
  const described = options.map((option) => Object.assign({ description: "An option" }, option));
  const received = await joinReplyingBot(discord, "picked", [
    { name: "pick", description: "Picks", options: described as APIApplicationCommandOption[] },
  ]);
  const relish = discord.user("relish");
  return {
    discord,
    relish,
    pick: (values: Record<string, string | number | boolean>, where = {}) =>
      relish.command("pick", values, where),
    picked: async (values: Record<string, string>, where = {}) => {
      await relish.command("pick", values, where).answer();
      const last = received.at(-1);
      if (!last) throw new Error("nothing was picked");
      return last;
    },
  };
}

const who = { type: Type.User, name: "who" };
const where = { type: Type.Channel, name: "where", channel_types: [ChannelType.GuildText] };

describe("an option of users", () => {
  it("contains the user and the member of the guild", async () => {
    const { discord, picked } = await picking(who);
    const mustard = discord.user("mustard");
    const { options } = await picked({ who: mustard.id });
    expect(options.getUser("who", true)).toMatchObject({ id: mustard.id, username: "mustard" });
    expect(options.getMember("who")).toHaveProperty("roles");
    expect(options.data[0]?.member?.permissions).toMatchObject({ bitfield: expect.any(BigInt) as bigint });
    const { options: ofBot } = await picked({ who: discord.applicationId });
    expect(ofBot.getUser("who")?.bot).toBe(true);
  });

  it("has no member in direct messages, and refuses unknown users", async () => {
    const { discord, pick, picked } = await picking(who);
    const { options } = await picked({ who: discord.user("mustard").id }, { dm: true });
    expect(options.getUser("who")?.username).toBe("mustard");
    expect(options.getMember("who")).toBeNull();
    expect(() => pick({ who: "1" })).toThrow("There is no user 1.");
  });
});

describe("an option of channels", () => {
  it("contains a channel of the guild", async () => {
    const { discord, pick, picked } = await picking(where);
    const [, random] = discord.guilds[0]?.channels ?? [];
    const { options } = await picked({ where: random?.id ?? "" });
    expect(options.getChannel("where")).toMatchObject({ id: random?.id, name: "random" });
    const elsewhere = discord.guilds[1]?.channels[0]?.id ?? "";
    expect(() => pick({ where: elsewhere })).toThrow(`There is no channel ${elsewhere} here.`);
    expect(() => pick({ where: random?.id ?? "" }, { dm: true })).toThrow("There is no channel");
  });

  it("refuses a channel of another type", async () => {
    const { discord, pick } = await picking({ ...where, channel_types: [ChannelType.GuildVoice] });
    expect(() => pick({ where: discord.channelId })).toThrow('"where" does not accept this type of channel');
  });
});

describe("an option of files", () => {
  it("refuses a file whose name has another extension", async () => {
    const { relish } = await picking({ type: Type.Attachment, name: "image", file_types: ["image", ".TIF"] });
    const bytes = Buffer.from("a text");
    const pick = (name: string) => relish.command("pick", { image: { name, bytes } });
    await pick("photo.PNG").answer();
    await pick("scan.tif").answer();
    for (const name of ["notes.txt", "scan.tiff"]) {
      expect(() => pick(name)).toThrow(
        'The option "image" of /pick takes files of these types: image, .tif.',
      );
    }
  });
});

const bounded = { name: "of", min_value: 1, max_value: 5 };
const chosen = { choices: [{ name: "Two", value: 2 }] };
const texts = { choices: [{ name: "Two", value: "two" }] };

describe("a value that Discord's client would not send is refused", () => {
  it.each<[string, object, unknown, string]>([
    ["a fraction", { type: Type.Integer, name: "of" }, 1.5, "a whole number"],
    ["digits", { type: Type.Integer, name: "of" }, "1", "a whole number"],
    ["NaN", { type: Type.Number, name: "of" }, Number.NaN, "a number"],
    ["too small an integer", { type: Type.Integer, ...bounded }, 0, "at least 1"],
    ["too large a number", { type: Type.Number, ...bounded }, 5.1, "at most 5"],
    ["another choice of numbers", { type: Type.Integer, name: "of", ...chosen }, 3, "one of 2"],
    ["another choice of texts", { type: Type.String, name: "of", ...texts }, "three", 'one of "two"'],
    ["too short a text", { type: Type.String, name: "of", min_length: 2 }, "a", "at least 2 characters"],
    ["too long a text", { type: Type.String, name: "of", max_length: 2 }, "abc", "at most 2 characters"],
    [
      "a text of more than 6,000",
      { type: Type.String, name: "of" },
      "a".repeat(6_001),
      "at most 6000 characters",
    ],
    ["a number for a text", { type: Type.String, name: "of" }, 1, "a text"],
    ["a text for a boolean", { type: Type.Boolean, name: "of" }, "true", "true or false"],
    ["a number for a user", { type: Type.User, name: "of" }, 1, "an id"],
    ["a text for a file", { type: Type.Attachment, name: "of" }, "a.png", "a file"],
  ])("%s", async (_, option, value, wanted) => {
    const { discord, pick } = await picking(option);
    const sentence = `The option "of" of /pick takes ${wanted}.`;
    expect(() => pick({ of: value as string })).toThrow(sentence);
    const body = {
      type: 2,
      user_id: discord.user("relish").id,
      channel_id: discord.channelId,
      locale: "en-US",
      nonce: "n",
      data: { type: 1, name: "pick", options: [{ name: "of", type: Type.String, value }] },
    };
    const response = await fetch(`${discord.page}client/interactions`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
  });

  it("other values are accepted", async () => {
    const { pick } = await picking(
      { type: Type.Integer, name: "of", min_value: 1, max_value: 5 },
      { type: Type.String, name: "text", ...texts },
      { type: Type.Boolean, name: "yes" },
      { type: Type.Number, name: "share" },
    );
    const values = { of: 5, text: "two", yes: false, share: 0.5 };
    await expect(pick(values).answer()).resolves.toMatchObject({ content: "picked" });
  });
});
