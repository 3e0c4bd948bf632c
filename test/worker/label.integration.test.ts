import type { APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import { customIdsIn } from "../../src/jobs/custom-id.ts";
import type { ScriptedUser } from "../../local-discord/src/users/scripted-user.ts";
import { hotdogBot } from "../hotdog-bot.ts";
import { isPrivate, textOf } from "./channel-project.ts";

/** The image that a message of `/label` shows; undefined if it shows none. */
function imageIn({ components = [] }: APIMessage): string | undefined {
  const [image] = customIdsIn(components).flatMap((id) => ("image" in id ? [id.image] : []));
  return image;
}

/** Presses a button of a message of `/label` and waits until the message shows something else. */
async function pressAndWait(person: ScriptedUser, shown: APIMessage, label: string): Promise<APIMessage> {
  person.press(shown, label);
  return person.waitForMessage(
    (message) =>
      message.id === shown.id && textOf(message) + imageIn(message) !== textOf(shown) + imageIn(shown),
  );
}

describe("/label", () => {
  it("shows one image after another in one private message", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(3);
    const relish = bot.discord.user("relish");
    let shown = await relish.command("label").answer();
    expect(isPrivate(shown)).toBe(true);
    const seen = new Set<string | undefined>();
    for (let count = 0; count < 3; count += 1) {
      seen.add(imageIn(shown));
      shown = await pressAndWait(relish, shown, "1 · hot dog");
    }
    expect(seen.size).toBe(3);
    expect(textOf(shown)).toContain("You have answered everything that needs answers");
    expect(relish.messages()).toHaveLength(1);
  });
});
