import type { APIMessage, APIMessageComponent } from "discord-api-types/v10";
import { flatten } from "../components/flatten.ts";
import { componentType } from "../discord.ts";
import type { Press } from "./state.ts";

/**
 * Adds a press. It replaces the failed presses of its message, and the mark in its row of buttons, which is on the last one pressed.
 * @param message the message of the press if it is known
 */
export function addPress(
  presses: readonly Press[],
  press: Press,
  message: APIMessage | undefined,
): readonly Press[] {
  const row = rowOf(message?.components ?? [], press.customId);
  const others = presses.filter(
    ({ messageId, customId, status }) =>
      messageId !== press.messageId ||
      status === "sending" ||
      (status === "done" && customId !== press.customId && !row.includes(customId)),
  );
  return [...others, press];
}

/** Marks a press as done, unless the bot has answered by editing the message of the button, which shows the effect. */
export function acknowledge(presses: readonly Press[], nonce: string): readonly Press[] {
  return presses
    .filter((press) => press.nonce !== nonce || !press.messageEdited)
    .map((press) => (press.nonce === nonce ? Object.assign({}, press, { status: "done" as const }) : press));
}

/** Removes the marks of the buttons that an edit of their message has changed or removed. */
export function afterEdit(
  presses: readonly Press[],
  { before, after }: { before: APIMessage | undefined; after: APIMessage },
): readonly Press[] {
  const isSame = ({ customId }: Press) =>
    JSON.stringify(findButton(before?.components ?? [], customId)) ===
    JSON.stringify(findButton(after.components ?? [], customId));
  return presses
    .filter((press) => press.messageId !== after.id || press.status !== "done" || isSame(press))
    .map((press) =>
      press.messageId === after.id ? Object.assign({}, press, { messageEdited: true }) : press,
    );
}

/** Returns the custom ids in the same action row. */
function rowOf(components: readonly APIMessageComponent[], customId: string): readonly string[] {
  const rows = flatten(components).filter((one) => one.type === componentType.actionRow);
  const idsIn = ({ components: buttons }: (typeof rows)[number]) =>
    buttons.flatMap((button) => ("custom_id" in button ? button.custom_id : []));
  return rows.map(idsIn).find((ids) => ids.includes(customId)) ?? [];
}

function findButton(components: readonly APIMessageComponent[], customId: string) {
  return flatten(components).find((one) => "custom_id" in one && one.custom_id === customId);
}
