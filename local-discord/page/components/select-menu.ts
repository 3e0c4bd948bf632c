import type { APISelectMenuComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { defaultValues } from "../select/default-values.ts";
import { Select } from "../select/select.ts";
import { useActions } from "../view/actions.ts";
import { useViewContext } from "../view/view-context.ts";
import { useMessageScope } from "./message-scope.ts";
import { useSelections } from "./selections.ts";

/**
 * A select menu in a message. A selection is sent when the list closes, if it differs from the last one. It stays shown until the
 * message is edited, and then the values that the bot chose are shown.
 */
export function SelectMenu({ component }: { component: APISelectMenuComponent }) {
  const { message, presses, abouts } = useMessageScope();
  const { texts } = useViewContext();
  const actions = useActions();
  const [draft, setDraft] = useState<readonly string[] | null>(null);
  const { custom_id: customId, min_values: least = 1, disabled } = component;
  const sent = useSelections().find(
    (one) =>
      one.messageId === message.id &&
      one.customId === customId &&
      one.messageEditedAt === message.edited_timestamp,
  );
  const values = sent?.values ?? defaultValues(component);
  const waiting = presses.some((press) => press.customId === customId && press.status === "sending");
  const send = (chosen: readonly string[]) => {
    setDraft(null);
    if (disabled || chosen.length < least || areSame(chosen, values)) return;
    actions?.select(message, component, chosen);
  };
  return html`<${Select}
    component=${component}
    label=${[component.placeholder ?? texts.makeSelection, abouts.get(component)].filter(Boolean).join(", ")}
    values=${draft ?? values}
    disabled=${disabled}
    busy=${waiting}
    onChange=${setDraft}
    onClose=${send}
  />`;
}

/** Whether these are the same values in any order. */
function areSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((value) => others.includes(value));
}
