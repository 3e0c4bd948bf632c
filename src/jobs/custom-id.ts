import { z } from "zod";
import type { Label } from "../labeling/votes.ts";
import { snowflake } from "../platform/snowflake.ts";
import { image } from "./references.ts";

/** @see https://discord.com/developers/docs/components/reference#anatomy-of-a-component */
const MAX_LENGTH = 100;

/** Answers one image of a round. */
interface Press {
  kind: "press";
  /** The id of the interaction that asked for the round. */
  round: string;
  /** The image's place in the round, from 1. */
  position: number;
  label: Label;
  /** The image's file name. */
  image: string;
}

/** Removes one image from the set. */
interface Remove {
  kind: "remove";
  /** The image's file name. */
  image: string;
  /** The message that lists the image as an upload, if the button is in another message of the same channel. */
  uploadAnswer?: string;
}

/** Erases everything that is stored about a person. */
interface Forget {
  kind: "forget";
  /** The only person who may press the button. */
  user: string;
}

/** What a button carries: everything needed to act on a press, a year later and on another machine. */
export type CustomId = Press | Remove | Forget;

const customId = z.union([
  z
    .tuple([
      z.literal("press"),
      snowflake,
      z
        .string()
        .regex(/^[1-9]$/)
        .transform(Number),
      z.literal(["0", "1"]).transform((label): Label => (label === "0" ? 0 : 1)),
      image,
    ])
    .transform(([kind, round, position, label, name]): Press => ({
      kind,
      round,
      position,
      label,
      image: name,
    })),
  z.tuple([z.literal("remove"), image]).transform(([kind, name]): Remove => ({ kind, image: name })),
  z
    .tuple([z.literal("remove"), image, snowflake])
    .transform(([kind, name, uploadAnswer]): Remove => ({ kind, image: name, uploadAnswer })),
  z.tuple([z.literal("forget"), snowflake]).transform(([kind, user]): Forget => ({ kind, user })),
]);

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

/** The custom id as it may be logged: without the person. */
export function withoutPerson(text: string): string {
  return text.startsWith("forget:") ? "forget" : text;
}

/** Decodes the ids of all versions of this bot; undefined for any other text. */
export function decodeCustomId(text: string): CustomId | undefined {
  return customId.safeParse(text.split(":")).data;
}

/** The fields of a message component that lead to its buttons. */
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
  const images = customIdsIn(components).flatMap((id) => ("image" in id ? [id.image] : []));
  return [...new Set(images)];
}
