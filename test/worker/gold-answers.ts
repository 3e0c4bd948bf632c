/** What tests of gold answers share. */
import type { APIMessage } from "discord.js";
import { prefixedStore } from "../../src/object-store/object-store.ts";
import { goldFile } from "../../src/project/gold-file.ts";
import type { HotdogBot } from "../hotdog-bot.ts";
import { until } from "../until.ts";
import { selectsIn, textOf } from "./channel-project.ts";

let made = 0;

/** Makes images gold, as an import does. */
export async function makeGold(
  { store, log }: Pick<HotdogBot, "store" | "log">,
  images: readonly string[],
  {
    label = 1,
    prefix = "",
    id = "1573801018263601152",
  }: { label?: number; prefix?: string; id?: string } = {},
): Promise<void> {
  const own = prefix === "" ? store : prefixedStore(store, prefix);
  const file = goldFile(own, { log, now: Date.now, random: Math.random });
  await Promise.all(images.map((image) => file.set({ id: `${id}-${(made += 1)}`, image, label })));
}

/** The rows of a gold file, without the header. */
export async function goldRows({ store }: Pick<HotdogBot, "store">, prefix = ""): Promise<string[][]> {
  const text = (await store.get(`${prefix}gold/00000.csv`))?.body.toString() ?? "";
  return text
    .split("\r\n")
    .slice(1, -1)
    .map((row) => row.split(","));
}

/** The chosen gold answer of each image in a panel. */
export function chosenIn(panel: APIMessage): (string | undefined)[] {
  return selectsIn(panel).map(({ options }) => options.find((option) => option.default)?.label);
}

/** Chooses a gold answer in a panel, and waits until the panel says that it is saved. */
export async function choose(
  { discord }: HotdogBot,
  person: "ketchup" | "mustard",
  panel: APIMessage,
  { image, answer }: { image: number; answer: string },
): Promise<APIMessage> {
  const user = discord.user(person);
  user.select(panel, selectsIn(panel)[image - 1]?.custom_id ?? "", [answer]);
  let shown = panel;
  await until(() => {
    shown = user.messages().find(({ id }) => id === panel.id) ?? panel;
    if (chosenIn(shown)[image - 1] !== answer || !textOf(shown).includes("Saved"))
      throw new Error(`not saved yet: ${textOf(shown)}`);
  });
  return shown;
}
