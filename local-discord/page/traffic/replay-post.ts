import type { APIMessage } from "discord-api-types/v10";
import type { IdNames } from "./id-names.ts";
import { DECLARE_BYTES, fileLiteral } from "./literals.ts";

type Posted = Pick<APIMessage, "author" | "attachments" | "channel_id" | "content">;

/** Writes the lines that post a message again; null if a bot posted it, or if its content is unknown. */
export function replayPost(
  { author, attachments, channel_id, content }: Posted,
  names: IdNames,
  start = "",
): string[] | null {
  if (author.bot || (content === "" && attachments.length === 0)) return null;
  const files = attachments.map(({ filename }) => fileLiteral(filename));
  const where = names.where(channel_id);
  const more = [`[${files.join(", ")}]`, ...(where === "" ? [] : [`{ ${where} }`])];
  const rest = files.length === 0 && where === "" ? [] : more;
  return [
    ...(files.length > 0 ? [DECLARE_BYTES] : []),
    `${start}${names.person(author)}.post(${[names.text(content), ...rest].join(", ")});`,
  ];
}
