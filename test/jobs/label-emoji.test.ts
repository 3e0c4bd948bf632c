import { describe, expect, it } from "vitest";
import { splitEmoji } from "../../src/jobs/label-emoji.ts";

const ID = "1573794232416600066";

describe("a label", () => {
  it.each([
    ["🐱 cat", { emoji: { name: "🐱" }, name: "cat" }],
    ["🐱cat", { emoji: { name: "🐱" }, name: "cat" }],
    ["👩‍🚒 firefighter", { emoji: { name: "👩‍🚒" }, name: "firefighter" }],
    ["🇫🇷 France", { emoji: { name: "🇫🇷" }, name: "France" }],
    ["1️⃣ one", { emoji: { name: "1️⃣" }, name: "one" }],
    [`<:hot_dog:${ID}> hot dog`, { emoji: { id: ID, name: "hot_dog" }, name: "hot dog" }],
    [`<a:spin:${ID}> spinning`, { emoji: { id: ID, name: "spin", animated: true }, name: "spinning" }],
  ])("that starts with an emoji is split: %s", (label, split) => {
    expect(splitEmoji(label)).toEqual(split);
  });

  it.each(["cat", "cat 🐱", "1 one", "# hash", "© left", "<:x:1> no emoji", "🐱", ""])(
    "without an emoji before a text stays as it is: %s",
    (label) => {
      expect(splitEmoji(label)).toEqual({ name: label });
    },
  );

  it("that is only a server's emoji gets the emoji's name", () => {
    expect(splitEmoji(`<:hot_dog:${ID}>`)).toEqual({ emoji: { id: ID, name: "hot_dog" }, name: "hot_dog" });
  });
});
