import type { APIMessage } from "discord.js";
import { Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";

const MiB = 1024 * 1024;

function files(count: number, size = 1) {
  return Array.from({ length: count }, (_, index) => ({
    name: `${index}.bin`,
    data: Buffer.alloc(size),
  }));
}

/** Sends and edits messages with files as a bot, with plain requests. */
async function sender() {
  const discord = await openLocalDiscord();
  const { rest } = await joinBot(discord);
  const messages = Routes.channelMessages(discord.channelId);
  return {
    discord,
    send: (with_: ReturnType<typeof files>) =>
      rest.post(messages, { body: { content: "files" }, files: with_ }) as Promise<APIMessage>,
    edit: ({ id }: APIMessage, with_: ReturnType<typeof files>, body: object = {}) =>
      rest.patch(`${messages}/${id}`, { body, files: with_ }) as Promise<APIMessage>,
  };
}

describe("a message's files", () => {
  it("are at most 10, including those kept in an edit: 30015", async () => {
    const { send, edit } = await sender();
    await expect(send(files(11))).rejects.toMatchObject({ code: 30015, status: 400 });
    const message = await send(files(10));
    expect(message.attachments).toHaveLength(10);
    await expect(edit(message, files(1))).rejects.toMatchObject({ code: 30015 });
    const kept = { attachments: message.attachments.slice(1).map(({ id }) => ({ id })) };
    const edited = await edit(message, files(1), kept);
    expect(edited.attachments.map(({ filename }) => filename)).toEqual([
      ...message.attachments.slice(1).map(({ filename }) => filename),
      "0.bin",
    ]);
  });

  it("have at most 10 MiB each, and 25 MiB together: 40005", async () => {
    const { discord, send } = await sender();
    await send(files(1, 10 * MiB));
    await expect(send(files(1, 10 * MiB + 1))).rejects.toMatchObject({ code: 40005, status: 413 });
    await expect(send(files(3, 9 * MiB))).rejects.toMatchObject({ code: 40005 });
    expect(discord.messages()).toHaveLength(1);
  });

  it("have the same limits in answers to interactions", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      if (!interaction.isRepliable()) return;
      const large = [{ attachment: Buffer.alloc(10 * MiB + 1), name: "large.bin" }];
      await expect(interaction.reply({ files: large })).rejects.toMatchObject({ code: 40005 });
      await interaction.reply("sorry");
    });
    await discord.user("ketchup").command("ping").answer();
  });
});
