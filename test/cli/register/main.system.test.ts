import { describe, expect, it } from "vitest";
import { startLocalDiscord } from "../../../local-discord/src/start.ts";
import { COMMAND_NAMES } from "../../command-names.ts";
import { runProcess } from "../../end-to-end/process.ts";

describe("npm run register", () => {
  it("publishes the commands, and prints the result for each", async () => {
    await using opened = new AsyncDisposableStack();
    const discord = await startLocalDiscord({ port: 0 });
    opened.defer(() => discord.close());
    const settings = { DISCORD_TOKEN: discord.botToken, DISCORD_API: discord.api };
    await using running = runProcess("src/cli/register/main.ts", settings);
    expect(await running.exited).toBe(0);
    expect(running.output()).toBe(COMMAND_NAMES.map((name) => `created    ${name}\n`).join(""));
  });

  it("prints why it cannot, and exits with 1", async () => {
    const settings = { DISCORD_TOKEN: "a.b.c", DISCORD_API: "http://127.0.0.1:9" };
    await using running = runProcess("src/cli/register/main.ts", settings);
    expect(await running.exited).toBe(1);
    expect(running.output()).toMatch(/^Discord cannot be reached at http:\/\/127\.0\.0\.1:9: .*\.\n$/);
  });
});
