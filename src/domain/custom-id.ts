import { z } from "zod";
import { IMAGE_NAME } from "./image.ts";
import type { Label } from "./label.ts";
import { snowflake } from "./snowflake.ts";

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
}

/** What a button carries: all that is needed to act on it, in a year and on another machine. */
export type CustomId = Press | Remove;

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
]);

/** @throws RangeError when it would be longer than Discord's 100 characters */
export function encodeCustomId(id: CustomId): string {
  const fields =
    id.kind === "press" ? [id.kind, id.round, id.position, id.label, id.image] : [id.kind, id.image];
  const text = fields.join(":");
  if (text.length > MAX_LENGTH) throw new RangeError(`a custom id of ${text.length} characters: ${text}`);
  return text;
}

/** undefined for a text that no version of this bot has made */
export function decodeCustomId(text: string): CustomId | undefined {
  return customId.safeParse(text.split(":")).data;
}
