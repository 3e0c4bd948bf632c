import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { image } from "./references.ts";

/** The only project of these versions, the hot dogs. */
const project = null;

const positionDigit = z.literal(["1", "2", "3", "4", "5", "6", "7", "8", "9"]).transform(Number);
const labelDigit = z.literal(["0", "1"]).transform(Number);

/** The custom ids of version 1, which do not begin with a version. Messages with such buttons exist forever. */
const formerCustomId = z.union([
  /** `press:<round>:<position>:<label>:<image>` */
  z
    .tuple([z.literal("press"), snowflake, positionDigit, labelDigit, image])
    .transform(([kind, round, at, label, file]) => ({
      kind,
      round,
      position: at,
      label,
      image: file,
      project,
    })),
  /** `remove:<image>`, or `remove:<image>:<upload answer>` in a message other than the upload's answer. */
  z
    .tuple([z.literal("remove"), image, snowflake.optional()])
    .transform(([kind, file, uploadAnswer]) => ({ kind, image: file, project, uploadAnswer })),
  /** `forget:<user>` */
  z.tuple([z.literal("forget"), snowflake]).transform(([kind, user]) => ({ kind, user })),
]);

/** Decodes a custom id of an earlier version. Returns undefined for any other text. */
export function decodeFormerCustomId(text: string): z.infer<typeof formerCustomId> | undefined {
  return formerCustomId.safeParse(text.split(":")).data;
}
