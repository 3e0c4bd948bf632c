import { ApplicationCommandOptionType, type Interaction } from "discord.js";
import { expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "../bot.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { composer, openAs, sizes } from "./open-page.ts";

const browser = sharedBrowser();
const { Integer, String: Text, Subcommand } = ApplicationCommandOptionType;

const animals = [
  { name: "Cat", nameLocalizations: { fr: "Chat" }, value: "c1" },
  { name: "Cattle", nameLocalizations: { fr: "Bétail", "es-419": "Ganado" }, value: "c2" },
  { name: "Dog", nameLocalizations: { fr: "Chien" }, value: "d1" },
];

const commands = [
  {
    name: "zoo",
    nameLocalizations: { "es-419": "zoológico" },
    description: "A zoo",
    options: [
      {
        type: Subcommand,
        name: "find",
        description: "Finds an animal",
        options: [
          { type: Text, name: "animal", description: "Which", required: true, autocomplete: true },
          { type: Integer, name: "cage", description: "Where", autocomplete: true },
        ],
      },
    ],
  },
];

/** Starts a bot that suggests animals, and their cages once an animal is chosen, and is silent about texts that start with x. */
async function openZoo() {
  const discord = await openLocalDiscord();
  const asked: string[] = [];
  const answer = async (interaction: Interaction): Promise<unknown> => {
    if (interaction.isChatInputCommand()) {
      const { options } = interaction;
      return interaction.reply(`${options.getString("animal")} in ${options.getInteger("cage")}`);
    }
    if (!interaction.isAutocomplete()) return null;
    const { name, value } = interaction.options.getFocused(true);
    const animal = interaction.options.getString("animal");
    asked.push(`${name}: ${value}`);
    if (value.startsWith("x")) return null;
    if (name === "cage") return interaction.respond([{ name: `Cage of ${animal}`, value: 7 }]);
    return interaction.respond(
      animals.filter((one) => one.name.toLowerCase().startsWith(value.toLowerCase())),
    );
  };
  await joinBot(discord, answer, commands as never);
  return { discord, asked };
}

it("choices come as one types, by keyboard, and are sent as their values", async () => {
  const { discord, asked } = await openZoo();
  const page = await openAs(browser, discord, { viewport: sizes[0][1] });
  await page.getByText("pick a command").waitFor();
  await composer(page).focus();
  const options = page.getByRole("listbox", { name: "Values for animal" }).getByRole("option");
  await page.keyboard.type("/zoo find ");
  await expect.poll(() => options.allInnerTexts()).toEqual(["Cat", "Cattle", "Dog"]);
  await page.keyboard.type("cat");
  await expect.poll(() => options.allInnerTexts()).toEqual(["Cat", "Cattle"]);
  expect(asked[0]).toBe("animal: ");
  expect(asked.at(-1)).toBe("animal: cat");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => composer(page).inputValue()).toBe("/zoo find Cattle ");
  await page.keyboard.type("cage:");
  await page.getByRole("option", { name: "Cage of c2" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("c2 in 7").waitFor();
  // Any other text can be sent too.
  await page.keyboard.type("/zoo find unicorn");
  await page.getByText("The app suggests nothing for this.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("unicorn in null").waitFor();
});

it("choices are named in French on a phone, and a silent bot is reported", async () => {
  const { discord, asked } = await openZoo();
  const page = await openAs(browser, discord, { viewport: sizes[1][1], hasTouch: true, language: "fr" });
  const text = page.getByRole("textbox", { name: "Message" });
  await text.fill("/zoo find x");
  await page.getByText("Chargement des choix…").waitFor();
  await expect.poll(() => asked).toEqual(["animal: x"]);
  discord.advance(3_000);
  await page.getByText("L’application n’a pas proposé de choix.").waitFor();
  expect(await page.getByText("Échec de l’interaction").count()).toBe(0);
  await text.fill("/zoo find cat");
  const choice = page.getByRole("option", { name: "Bétail" });
  await choice.waitFor();
  const width = await page.locator("html").evaluate((root) => root.scrollWidth);
  expect(width).toBeLessThanOrEqual(sizes[1][1].width);
  await choice.tap();
  await expect.poll(() => text.inputValue()).toBe("/zoo find Bétail ");
  await page.locator("button.send").tap();
  await page.getByText("c2 in null").waitFor();
});

it("a person whose language the page has no texts in gets the bot's in it, also after a reload", async () => {
  const { discord } = await openZoo();
  const page = await openAs(browser, discord, { viewport: sizes[0][1] });
  await page.getByText("pick a command").waitFor();
  const languages = page.getByRole("combobox", { name: "Language" });
  await languages.selectOption({ label: "Español (Latinoamérica)" });
  await page.waitForURL(/language=es-419/);
  await page.reload();
  await expect.poll(() => languages.inputValue()).toBe("es-419");
  expect(await page.locator("html").getAttribute("lang")).toBe("en-US");
  await composer(page).fill("/zoológico find cat");
  await page.getByRole("option", { name: "Ganado" }).click();
  await composer(page).press("Enter");
  await page.getByText("c2 in null").waitFor();
});
