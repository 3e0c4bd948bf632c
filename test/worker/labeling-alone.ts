/** What tests of `/label` share: a person who labels one image at a time. */
import { ComponentType, type APIMediaGalleryComponent, type APIMessage } from "discord.js";
import type { ScriptedUser } from "../../local-discord/src/users/scripted-user.ts";
import { customIdsIn } from "../../src/jobs/custom-id.ts";
import { PRESS_LIMIT } from "../../src/jobs/press.ts";
import { nameSeal } from "../../src/project/name-seal.ts";
import { hotdogKeys, projectKeys } from "../../src/project/pseudonyms.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { LABELER_SECRET, type HotdogBot } from "../hotdog-bot.ts";
import { buttonsIn, componentsIn, selectsIn, textOf } from "./channel-project.ts";

/** The image that a message of `/label` shows; undefined if it shows none. */
export function imageIn({ components = [] }: APIMessage): string | undefined {
  const [image] = customIdsIn(components).flatMap((id) => {
    if (!("image" in id && "session" in id)) return "image" in id ? [id.image] : [];
    const { session, image: shown, project } = id;
    const keys = project === null ? hotdogKeys(LABELER_SECRET) : projectKeys(LABELER_SECRET, project);
    return [nameSeal(keys.exports).unseal(session, shown)];
  });
  return image;
}

/** The address of the only picture of a message. */
export function pictureUrl(message: APIMessage): string {
  const gallery = componentsIn(message).find(
    (component): component is APIMediaGalleryComponent => component.type === ComponentType.MediaGallery,
  );
  return gallery?.items[0]?.media.url ?? "";
}

/** Everything that a message shows and does. */
function stateOf(message: APIMessage): string {
  return JSON.stringify([textOf(message), buttonsIn(message), selectsIn(message)]);
}

/**
 * Presses a button of a message, and waits until the message shows something else. Presses it again as long as the bot refuses
 * the press as too frequent, which it does on a fast machine.
 */
export async function press(
  person: ScriptedUser,
  shown: APIMessage,
  button: string,
  options?: { locale: string },
): Promise<APIMessage> {
  const { points, counts, per } = PRESS_LIMIT;
  const tooMany = textsFor(options?.locale ?? "en-US").tooMany(points, counts, per);
  const before = stateOf(shown);
  for (;;) {
    const known = new Set(person.messages().map(({ id }) => id));
    person.press(shown, button, options);
    const seen = await person.waitForMessage(
      (message) =>
        (message.id === shown.id && stateOf(message) !== before) ||
        (message.content === tooMany && !known.has(message.id)),
    );
    if (seen.id === shown.id) return seen;
  }
}

/** Waits until a message shows something else. */
export async function changed(
  person: ScriptedUser,
  shown: APIMessage,
  options?: { timeout: number },
): Promise<APIMessage> {
  const before = stateOf(shown);
  return person.waitForMessage((message) => message.id === shown.id && stateOf(message) !== before, options);
}

/** The rows of a label file, in order. */
export async function storedRows(
  { store }: HotdogBot,
  prefix = "",
): Promise<{ id: string; image: string; label: string; round: string }[]> {
  const text = (await store.get(`${prefix}labels/00000.csv`))?.body.toString() ?? "";
  return text
    .split("\r\n")
    .slice(1, -1)
    .map((row) => {
      const [id = "", , image = "", label = "", , round = ""] = row.split(",");
      return { id, image, label, round };
    });
}
