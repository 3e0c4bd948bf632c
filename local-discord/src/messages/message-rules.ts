import type { APIMessage } from "discord-api-types/v10";
import { MessageFlags } from "discord-api-types/v10";
import { emptyMessage, invalidForm } from "../errors.ts";
import { assertButtons } from "./button-rules.ts";
import { assertActionRowsOnly, assertUniqueCustomIds, assertWithinLimits } from "./component-rules.ts";
import { assertEmbeds } from "./embed-rules.ts";

/** Of a bot's content; the published schema has the 4,000 that people may pay for. */
const MAX_CONTENT_LENGTH = 2000;

/** What Discord demands of a whole message and no schema holds. Throws 50006, 50035, or 404 for what is not built. */
export function assertSendable(message: APIMessage): void {
  if (hasFlag(message, MessageFlags.IsComponentsV2)) {
    assertNoLegacyFields(message);
    assertWithinLimits(message);
  } else assertActionRowsOnly(message);
  assertButtons(message);
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

/** https://discord.com/developers/docs/components/reference#component-reference */
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
