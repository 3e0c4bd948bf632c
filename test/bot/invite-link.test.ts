import { PermissionsBitField } from "discord.js";
import { describe, expect, it } from "vitest";
import { inviteLink } from "../../src/bot/bot.ts";

describe("the invite link", () => {
  it("requests the commands and the permissions that the bot uses, and nothing else", () => {
    const link = new URL(inviteLink("42", "https://discord.com/api") ?? "");
    expect(link.origin + link.pathname).toBe("https://discord.com/oauth2/authorize");
    const { client_id: client, scope, permissions = "" } = Object.fromEntries(link.searchParams);
    expect({ client, scope }).toEqual({ client: "42", scope: "bot applications.commands" });
    expect(new PermissionsBitField(BigInt(permissions)).toArray().toSorted()).toEqual([
      "AttachFiles",
      "EmbedLinks",
      "ReadMessageHistory",
      "SendMessages",
      "SendMessagesInThreads",
      "ViewChannel",
    ]);
  });

  it("does not exist for the local Discord", () => {
    expect(inviteLink("42", "http://127.0.0.1:8080/api")).toBeUndefined();
  });
});
