import { describe, expect, it } from "vitest";
import { openLocalDiscord } from "./bot.ts";

describe("waiting", () => {
  it("finds a message that is already there", async () => {
    const discord = await openLocalDiscord();
    const posted = discord.user("ketchup").post("hello");
    expect(await discord.user("mustard").waitForMessage(({ content }) => content === "hello")).toEqual(
      posted,
    );
  });

  it("ends after the timeout, and lists the messages that were seen instead", async () => {
    const discord = await openLocalDiscord();
    discord.user("ketchup").post("hello");
    const waited = discord.waitForMessage(({ content }) => content === "bye", { timeout: 1 });
    await expect(waited).rejects.toThrow(/Nothing matched within 1 ms\. Seen by anyone:\n.*"hello"/);
  });

  it("ends after the timeout of the local Discord, unless it has its own", async () => {
    const discord = await openLocalDiscord({ waitTimeout: 1 });
    const command = discord.user("ketchup").waitForMessage(() => false);
    await expect(command).rejects.toThrow("Nothing matched within 1 ms.");
    const patient = discord.waitForMessage(({ content }) => content === "late", { timeout: 30_000 });
    await new Promise((resolve) => setTimeout(resolve, 10));
    discord.user("ketchup").post("late");
    expect((await patient).content).toBe("late");
  });

  it("ends when the local Discord is closed", async () => {
    const discord = await openLocalDiscord();
    const waited = discord.waitForMessage(() => false);
    await Promise.all([expect(waited).rejects.toThrow("The local Discord was closed."), discord.close()]);
  });
});
