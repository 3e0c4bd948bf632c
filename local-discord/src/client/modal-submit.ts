import { z } from "zod";
import type { Upload } from "../messages/upload.ts";
import type { ModalValue } from "../modals/value-rules.ts";
import { fileAt } from "./request-files.ts";

const FILE_UPLOAD = 19;

/** The part of a ClientModalSubmit that other interactions do not have. */
export const modalSubmit = z.object({
  type: z.literal(5),
  modal_id: z.string(),
  data: z.object({
    components: z.array(
      z.object({
        type: z.number(),
        custom_id: z.string(),
        value: z.union([z.string(), z.boolean(), z.null()]).optional(),
        values: z.array(z.string()).optional(),
      }),
    ),
  }),
});

/**
 * Returns the values that the page sends, by custom id.
 * @throws NotAllowedError if the request lacks a file
 */
export function modalValues(
  { components }: z.infer<typeof modalSubmit>["data"],
  files: readonly Upload[],
): Record<string, ModalValue> {
  return Object.fromEntries(
    components.map(({ type, custom_id, value = null, values }) => [
      custom_id,
      values === undefined
        ? value
        : type === FILE_UPLOAD
          ? values.map((at) => fileAt(at, files, "modal"))
          : values,
    ]),
  );
}
