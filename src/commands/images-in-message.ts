import type { MessageContextMenuCommandInteraction } from "discord.js";
import { customIdsIn, imagesIn, type CustomId } from "../jobs/custom-id.ts";
import { componentsOf } from "./reference.ts";

/** The images that one of the bot's messages is about. */
interface MessageImages {
  /** In order and without duplicates; at least one. */
  images: string[];
  /** Their project; null for the hot dogs. One message has one project. */
  project: string | null;
}

/**
 * Finds the images of the message in whose menu a command was used. Knows the buttons of all versions.
 * @param kinds of the custom ids to look for; all by default
 * @returns undefined for a message that is not the bot's, or has none
 */
export function imagesInMessage(
  { targetMessage, client }: MessageContextMenuCommandInteraction,
  kinds?: readonly CustomId["kind"][],
): MessageImages | undefined {
  if (targetMessage.author.id !== client.user.id) return undefined;
  const found = customIdsIn(componentsOf(targetMessage)).flatMap((id) =>
    "image" in id && (kinds === undefined || kinds.includes(id.kind)) ? [id] : [],
  );
  const images = imagesIn(found);
  const [first] = found;
  return first && images.length > 0 ? { images, project: first.project } : undefined;
}
