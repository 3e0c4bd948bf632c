import type { APIMessageComponent } from "discord-api-types/v10";
import { expect, it } from "vitest";
import { labelOf, tellApart } from "../../page/components/tell-apart.ts";

/** Returns each label with what tells its button apart, in order. */
function named(...components: object[]): string[] {
  const place = (number: number, count: number) => `${number} of ${count}`;
  const abouts = tellApart(components as APIMessageComponent[], place);
  return [...abouts].map(([button, about]) => `${labelOf(button)}: ${about}`);
}

const text = (content: string) => ({ type: 10, content });
const button = (label: string) => ({ type: 2, style: 1, label, custom_id: label });
const row = (...labels: string[]) => ({ type: 1, components: labels.map(button) });
const pictures = (...descriptions: (string | null)[]) => ({
  type: 12,
  items: descriptions.map((description) => ({ media: { url: "https://example.org" }, description })),
});

it("tells buttons with the same label apart by the pictures above them, or else by the text", () => {
  const container = {
    type: 17,
    components: [
      text("**Hot dogs?**"),
      pictures("A bun"),
      row("no", "yes"),
      text("Second\n### The *next*"),
      pictures(null),
      row("no", "yes"),
      pictures("A cat", "A dog"),
      row("yes", "Skip"),
    ],
  };
  expect(named(container)).toEqual([
    "no: A bun",
    "no: The next",
    "yes: A bun",
    "yes: The next",
    "yes: A cat, A dog",
  ]);
});

it("uses the texts of sections, and the place of buttons about the same or about nothing", () => {
  const section = (content: string) => ({ type: 9, components: [text(content)], accessory: button("Buy") });
  expect(named(section("Mustard"), section("Ketchup"))).toEqual(["Buy: Mustard", "Buy: Ketchup"]);
  expect(named(pictures("A bun"), row("Vote"), row("Vote"))).toEqual([
    "Vote: A bun, 1 of 2",
    "Vote: A bun, 2 of 2",
  ]);
  expect(named(row("Vote", "Close"), row("Vote"))).toEqual(["Vote: 1 of 2", "Vote: 2 of 2"]);
});

it("leaves buttons alone whose labels differ", () => {
  expect(named(pictures("A bun"), row("no", "yes"))).toEqual([]);
});
