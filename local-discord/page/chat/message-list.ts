import { html } from "htm/preact";
import type { Press } from "../state/state.ts";
import type { TimelineItem } from "../state/timeline.ts";
import { useViewContext } from "../view/view-context.ts";
import { memo } from "../view/memo.ts";
import { LocalRowView } from "./local-row.ts";
import { Message } from "./message.ts";
import { dayOf } from "../texts/dates.ts";

interface Props {
  items: readonly TimelineItem[];
  presses: readonly Press[];
  /** Whether older messages are being added, which screen readers should not announce. */
  busy: boolean;
}

const none: readonly Press[] = [];

export const MessageList = memo(({ items, presses, busy }: Props) => {
  const { texts } = useViewContext();
  const pressesOf = Map.groupBy(presses, (press) => press.messageId);
  return html`
    <div role="log" aria-label=${texts.messages} aria-busy=${busy} class="messages">
      ${items.map((item) => itemView(item, pressesOf))}
    </div>
  `;
});

function itemView(item: TimelineItem, pressesOf: ReadonlyMap<string, readonly Press[]>) {
  switch (item.kind) {
    case "day":
      return html`<${DayDivider} key=${item.key} at=${item.at} />`;
    case "row":
      return html`<${LocalRowView} key=${item.key} row=${item.row} />`;
    case "message":
      return html`<${Message}
        key=${item.key}
        message=${item.message}
        grouped=${item.grouped}
        presses=${pressesOf.get(item.message.id) ?? none}
      />`;
  }
}

const DayDivider = memo(({ at }: { at: number }) => {
  const { language } = useViewContext();
  const day = dayOf(at, language);
  return html`<div class="day-divider" role="separator" aria-label=${day}><span>${day}</span></div>`;
});
