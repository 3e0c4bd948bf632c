import type { APIMessage } from "discord-api-types/v10";
import { MessageFlags } from "discord-api-types/v10";
import { emptyMessage, invalidForm } from "../errors.ts";
import { assertButtons } from "./button-rules.ts";
import { assertActionRowsOnly, assertUniqueCustomIds, assertWithinLimits } from "./component-rules.ts";
import { assertEmbeds } from "./embed-rules.ts";
import { assertSelects } from "./select-rules.ts";

/** Limit of a bot's content. The published schema has 4,000, the limit of people with Nitro. */
const MAX_CONTENT_LENGTH = 2000;

/**
 * Checks the rules for a whole message that Discord's schemas do not contain.
 * @throws DiscordError 50006 or 50035; 404 for features that are not built
 */
export function assertSendable(message: APIMessage): void {
  if (hasFlag(message, MessageFlags.IsComponentsV2)) {
    assertNoLegacyFields(message);
    assertWithinLimits(message);
  } else assertActionRowsOnly(message);
  assertButtons(message);
  assertSelects(message);
  assertUniqueCustomIds(message);
  assertEmbeds(message);
  if (message.content.length > MAX_CONTENT_LENGTH) {
    const fault = `Must be ${MAX_CONTENT_LENGTH} or fewer in length.`;
    throw invalidForm([{ path: ["content"], code: "BASE_TYPE_MAX_LENGTH", message: fault }]);
  }
  const parts = [message.content, message.embeds, message.attachments, message.components ?? []];
  if (parts.every(({ length }) => length === 0)) throw emptyMessage();
}

export function hasFlag(message: Pick<APIMessage, "flags">, flag: MessageFlags): boolean {
  return ((message.flags ?? 0) & flag) !== 0;
}

/** @see https://discord.com/developers/docs/components/reference#component-reference */
function assertNoLegacyFields(message: APIMessage): void {
  const present = (["content", "embeds"] as const).filter((name) => message[name].length > 0);
  if (present.length === 0) return;
  throw invalidForm(
    present.map((name) => ({
      path: [name],
      code: "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
      message: `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    })),
  );
}
