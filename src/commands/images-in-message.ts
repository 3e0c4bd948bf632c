import type { APIMessageComponent, MessageContextMenuCommandInteraction } from "discord.js";
import { customIdsIn, type CustomId } from "../jobs/custom-id.ts";

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
  const sent = targetMessage.components.map((component) => component.toJSON() as APIMessageComponent);
  const found = customIdsIn(sent).flatMap((id) =>
    "image" in id && (kinds === undefined || kinds.includes(id.kind)) ? [id] : [],
  );
  const [first] = found;
  return first && { images: [...new Set(found.map(({ image }) => image))], project: first.project };
}
