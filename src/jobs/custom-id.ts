import { z } from "zod";
import type { LABELS } from "../labeling/votes.ts";
import { snowflake } from "../platform/snowflake.ts";
import { image } from "./references.ts";

/** @see https://discord.com/developers/docs/components/reference#anatomy-of-a-component */
const MAX_LENGTH = 100;

/** The place of an image in its round, from 1. */
const positionDigit = z.literal(["1", "2", "3", "4", "5", "6", "7", "8", "9"]).transform(Number);
const labelDigit = z
  .literal(["0", "1"])
  .transform((digit): (typeof LABELS)[number] => (digit === "0" ? 0 : 1));

const customId = z.union([
  /** Answers one image of a round. The round is the id of the interaction that asked for it. */
  z
    .tuple([z.literal("press"), snowflake, positionDigit, labelDigit, image])
    .transform(([kind, round, position, label, file]) => ({ kind, round, position, label, image: file })),
  /** Removes an image. If another message of the channel lists the image as an upload, its id comes last. */
  z.tuple([z.literal("remove"), image, snowflake.optional()]).transform(([kind, file, uploadAnswer]) => ({
    kind,
    image: file,
    ...(uploadAnswer && { uploadAnswer }),
  })),
  /** Erases everything that is stored about a person, who alone may press the button. */
  z.tuple([z.literal("forget"), snowflake]).transform(([kind, user]) => ({ kind, user })),
]);

/** What a button carries: everything needed to act on a press, a year later and on another machine. */
export type CustomId = z.infer<typeof customId>;

/** @throws RangeError for an id longer than Discord's 100 characters */
export function encodeCustomId(id: CustomId): string {
  const text = fieldsOf(id).join(":");
  if (text.length > MAX_LENGTH)
    throw new RangeError(`the custom id has ${text.length} characters, more than ${MAX_LENGTH}: ${text}`);
  return text;
}

function fieldsOf(id: CustomId): (string | number)[] {
  switch (id.kind) {
    case "press":
      return [id.kind, id.round, id.position, id.label, id.image];
    case "remove":
      return [id.kind, id.image, ...(id.uploadAnswer === undefined ? [] : [id.uploadAnswer])];
    case "forget":
      return [id.kind, id.user];
  }
}

/** Removes the person from a custom id, so that it may be logged. */
export function withoutPerson(text: string): string {
  return text.startsWith("forget:") ? "forget" : text;
}

/** Decodes the custom ids of all versions of this bot. Returns undefined for any other text. */
export function decodeCustomId(text: string): CustomId | undefined {
  return customId.safeParse(text.split(":")).data;
}

/** A component of a message: a button, or one that contains others. */
interface Component {
  type: number;
  custom_id?: string | undefined;
  components?: readonly Component[] | undefined;
}

/** The custom ids of a message's buttons, in order, without those that cannot be decoded. */
export function customIdsIn(components: readonly Component[]): CustomId[] {
  return components.flatMap(({ custom_id: text, components: inside = [] }) => {
    const id = text === undefined ? undefined : decodeCustomId(text);
    return id === undefined ? customIdsIn(inside) : [id];
  });
}

/** The images that a message's buttons are about, in order and without duplicates. */
export function imagesOnButtons(components: readonly Component[]): string[] {
  return [...new Set(customIdsIn(components).flatMap((id) => ("image" in id ? [id.image] : [])))];
}
