import type { APIEmbed, APIMessage } from "discord-api-types/v10";
import type { FieldFault } from "../errors.ts";
import { invalidForm } from "../errors.ts";
import { addressFaults } from "./url-rules.ts";

/** Limit of the total length of all texts in a message's embeds. */
const MAX_TEXT_CHARACTERS = 6000;

/**
 * Checks that embeds are not empty, not too long, and have valid URLs.
 * @throws DiscordError 50035
 * @see https://discord.com/developers/docs/resources/message#embed-object-embed-limits
 */
export function assertEmbeds({ embeds }: Pick<APIMessage, "embeds">): void {
  const faults = embeds.flatMap((embed, index) => faultsOf(embed, ["embeds", String(index)]));
  const length = embeds.flatMap(textsOf).join("").length;
  if (length > MAX_TEXT_CHARACTERS) {
    const message = `Embed size exceeds maximum size of ${MAX_TEXT_CHARACTERS}`;
    faults.push({ path: ["embeds"], code: "MAX_EMBED_SIZE_EXCEEDED", message });
  }
  if (faults.length > 0) throw invalidForm(faults);
}

function faultsOf(embed: APIEmbed, path: string[]): FieldFault[] {
  const { image, thumbnail, timestamp, author, footer } = embed;
  const shown = image ?? thumbnail ?? timestamp ?? textsOf(embed).find((text) => text.trim() !== "");
  const addresses: [string | undefined, ...string[]][] = [
    [embed.url, "url"],
    [image?.url, "image", "url"],
    [thumbnail?.url, "thumbnail", "url"],
    [author?.url, "author", "url"],
    [author?.icon_url, "author", "icon_url"],
    [footer?.icon_url, "footer", "icon_url"],
  ];
  return [
    ...(shown === undefined ? [missing([...path, "description"])] : []),
    ...addresses.flatMap(([url, ...at]) => addressFaults(url, [...path, ...at], ["http", "https"])),
    ...(embed.fields ?? []).flatMap((field, index) =>
      (["name", "value"] as const)
        .filter((part) => field[part].trim() === "")
        .map((part) => missing([...path, "fields", String(index), part])),
    ),
  ];
}

/** Returns all texts of an embed. A request body may have null for any of them. */
function textsOf({ title, description, author, footer, fields }: APIEmbed): string[] {
  const ofFields = (fields ?? []).flatMap(({ name, value }) => [name, value]);
  return [title ?? "", description ?? "", author?.name ?? "", footer?.text ?? "", ...ofFields];
}

function missing(path: string[]): FieldFault {
  return { path, code: "BASE_TYPE_REQUIRED", message: "This field is required" };
}
