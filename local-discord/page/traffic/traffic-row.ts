import { html } from "htm/preact";
import type { TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import type { TrafficEntry } from "../../src/client-protocol.ts";
import { useViewContext } from "../view/view-context.ts";
import { memo } from "../view/memo.ts";
import { eventOf } from "./event-of.ts";
import { isProblem, isUnknownRoute } from "./filter.ts";
import { TrafficDetails } from "./traffic-details.ts";

const arrows = { "gateway-in": "→", "gateway-out": "←", rest: "⇄", endpoint: "⇆" } as const;

interface Props {
  entry: TrafficEntry;
  onOpen: (id: number, open: boolean) => void;
  testOf: (entry: TrafficEntry) => string | null;
}

/** A line of the traffic. Its bodies are below it when it is open. */
export const TrafficRow = memo(({ entry, testOf, onOpen }: Props) => {
  const { texts } = useViewContext();
  const [open, setOpen] = useState(false);
  const { kind, title, status, took } = entry;
  const look = isUnknownRoute(entry) ? "unknown-route" : isProblem(entry) ? "problem" : "";
  const onToggle = ({ currentTarget }: TargetedEvent<HTMLDetailsElement>) => {
    setOpen(currentTarget.open);
    onOpen(entry.id, currentTarget.open);
  };
  return html`
    <li>
      <details class=${`traffic-row ${kind} ${look}`} onToggle=${onToggle}>
        <summary>
          <span class="traffic-way" title=${texts.way[kind]} aria-hidden="true">${arrows[kind]}</span>
          <span class="visually-hidden">${texts.way[kind]}</span>
          <span class="traffic-title" title=${title}>
            ${shortened(title)} <span class="traffic-hint">${hintOf(entry)}</span>
          </span>
          ${look === "unknown-route" && html`<span class="traffic-tag">${texts.unknownRoute}</span>`}
          ${!kind.startsWith("gateway") && html`<span class="traffic-status">${status ?? texts.noAnswer}</span>`}
          ${took !== undefined && html`<span class="traffic-took">${took} ms</span>`}
        </summary>
        ${open && html`<${TrafficDetails} entry=${entry} testOf=${testOf} />`}
      </details>
    </li>
  `;
});

/** Shortens ids to their last four digits, which tell them apart. A word joiner prevents line breaks before them. */
function shortened(title: string): string {
  return title.replaceAll(/\d{11,16}(\d{4})/g, "…\u2060$1");
}

/** Returns the command, button or author of an event. */
function hintOf(entry: TrafficEntry): string | undefined {
  const interaction = eventOf(entry, "INTERACTION_CREATE");
  if (interaction === null) return eventOf(entry, "MESSAGE_CREATE")?.author.username;
  const { data } = interaction;
  return data && ("name" in data ? data.name : data.custom_id);
}
