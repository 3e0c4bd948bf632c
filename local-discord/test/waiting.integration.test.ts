import { describe, expect, it } from "vitest";
import { openPlayground } from "./bot.ts";

describe("waiting", () => {
  it("finds what is already there", async () => {
    const playground = await openPlayground();
    const posted = playground.user("ketchup").post("hello");
    expect(await playground.user("mustard").waitForMessage(({ content }) => content === "hello")).toEqual(
      posted,
    );
  });

  it("ends after the time-out and tells what was seen instead", async () => {
    const playground = await openPlayground();
    playground.user("ketchup").post("hello");
    const waited = playground.waitForMessage(({ content }) => content === "bye", { timeout: 1 });
    await expect(waited).rejects.toThrow(/Nothing fitting within 1 ms\. Seen by anyone:\n.*"hello"/);
  });

  it("ends when the playground is closed", async () => {
    const playground = await openPlayground();
    const waited = playground.waitForMessage(() => false);
    await Promise.all([expect(waited).rejects.toThrow("The playground was closed."), playground.close()]);
  });
});
