import { z } from "zod";
import { IMAGE_NAME } from "../labeling/image.ts";
import type { Label } from "../labeling/label.ts";
import { snowflake } from "../platform/snowflake.ts";

/** https://discord.com/developers/docs/components/reference#anatomy-of-a-component */
const MAX_LENGTH = 100;

/** An answer to one image of a round. */
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

/** Taking one image out of the set. */
interface Remove {
  kind: "remove";
  /** The image's file name. */
  image: string;
  /** The answer to an upload that lists the image, where the button is in another message of the same channel. */
  uploadAnswer?: string;
}

/** Removing all that is kept about a person. */
interface Forget {
  kind: "forget";
  /** The one person whose button it is. */
  user: string;
}

/** What a button carries: all that is needed to act on it, in a year and on another machine. */
export type CustomId = Press | Remove | Forget;

const image = z.string().regex(IMAGE_NAME);

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

/** @throws RangeError when it would be longer than Discord's 100 characters */
export function encodeCustomId(id: CustomId): string {
  const text = fieldsOf(id).join(":");
  if (text.length > MAX_LENGTH) throw new RangeError(`a custom id of ${text.length} characters: ${text}`);
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

/** As a log may tell of it: without a person. */
export function loggedCustomId(text: string): string {
  return text.startsWith("forget:") ? "forget" : text;
}

/** undefined for a text that no version of this bot has made */
export function decodeCustomId(text: string): CustomId | undefined {
  return customId.safeParse(text.split(":")).data;
}

/** What of a message's component, as Discord tells it, leads to its buttons. */
interface Component {
  type: number;
  custom_id?: string | undefined;
  components?: readonly Component[] | undefined;
}

/** What the buttons of a message carry, in their order; those of nobody's or of other versions are left out. */
export function customIdsIn(components: readonly Component[]): CustomId[] {
  return components.flatMap(({ custom_id: text, components: inside = [] }) => {
    const id = text === undefined ? undefined : decodeCustomId(text);
    return id === undefined ? customIdsIn(inside) : [id];
  });
}

/** The images that the buttons of a message speak of, in their order, each once. */
export function imagesIn(components: readonly Component[]): string[] {
  const images = customIdsIn(components).flatMap((id) => ("image" in id ? [id.image] : []));
  return [...new Set(images)];
}
