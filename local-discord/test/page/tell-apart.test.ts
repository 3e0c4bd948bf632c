import type { APIMessageComponent } from "discord-api-types/v10";
import { expect, it } from "vitest";
import { componentType } from "../../page/discord.ts";
import { type Control, labelOf, tellApart } from "../../page/components/tell-apart.ts";

/** Returns each label or placeholder with what tells its button or select menu apart, in order. */
function named(...components: object[]): string[] {
  const place = (number: number, count: number) => `${number} of ${count}`;
  const abouts = tellApart(components as APIMessageComponent[], place);
  return [...abouts].map(([control, about]) => `${nameOf(control)}: ${about}`);
}

const nameOf = (control: Control) =>
  control.type === componentType.button ? labelOf(control) : (control.placeholder ?? "");

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

it("tells select menus with the same placeholder apart", () => {
  const menu = (placeholder: string) => ({
    type: 1,
    components: [{ type: 5, custom_id: placeholder, placeholder }],
  });
  expect(named(text("Dogs"), menu("Who?"), row("Who?"), text("Cats"), menu("Who?"), menu("When?"))).toEqual([
    "Who?: Dogs",
    "Who?: Cats",
  ]);
  expect(named(menu("Who?"), menu("Who?"))).toEqual(["Who?: 1 of 2", "Who?: 2 of 2"]);
});

it("leaves buttons alone whose labels differ", () => {
  expect(named(pictures("A bun"), row("no", "yes"))).toEqual([]);
});
