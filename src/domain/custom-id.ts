import { z } from "zod";
import { IMAGE_NAME } from "./image.ts";
import type { Label } from "./label.ts";
import { snowflake } from "./snowflake.ts";

/** https://discord.com/developers/docs/components/reference#anatomy-of-a-component */
const MAX_LENGTH = 100;

/** What a button carries: all that is needed to act on it, in a year and on another machine. */
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

export type CustomId = Press;

const press = z.tuple([
  z.literal("press"),
  snowflake,
  z
    .string()
    .regex(/^[1-9]$/)
    .transform(Number),
  z.literal(["0", "1"]).transform((label): Label => (label === "0" ? 0 : 1)),
  z.string().regex(IMAGE_NAME),
]);

/** @throws RangeError when it would be longer than Discord's 100 characters */
export function encodeCustomId({ kind, round, position, label, image }: CustomId): string {
  const text = [kind, round, position, label, image].join(":");
  if (text.length > MAX_LENGTH) throw new RangeError(`a custom id of ${text.length} characters: ${text}`);
  return text;
}

/** undefined for a text that no version of this bot has made */
export function decodeCustomId(text: string): CustomId | undefined {
  const { data } = press.safeParse(text.split(":"));
  if (data === undefined) return undefined;
  const [kind, round, position, label, image] = data;
  return { kind, round, position, label, image };
}
