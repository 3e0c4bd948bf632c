import { html } from "htm/preact";
import type { TargetedEvent } from "preact";
import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import type { TrafficEntry } from "../../src/client-protocol.ts";
import type { State } from "../state/state.ts";
import { useViewContext } from "../view/view-context.ts";
import { binIcon, closeIcon } from "../view/icons.ts";
import { writeTest } from "./write-test.ts";
import { filterTraffic, kinds, type Kind } from "./filter.ts";
import { TrafficRow } from "./traffic-row.ts";

/** Limit of the newest entries that are drawn. Open entries are always drawn; the filter finds the others. */
const MAX_ROWS = 200;

interface Props {
  state: State;
  onClear: () => void;
  onClose: () => void;
}

/** The traffic between bot and local Discord, newest first. */
export function TrafficDrawer({ state, onClear, onClose }: Props) {
  const { texts } = useViewContext();
  const [kind, setKind] = useState<Kind>("all");
  const [text, setText] = useState("");
  const { traffic } = state;
  const entries = useMemo(() => filterTraffic(traffic, kind, text), [traffic, kind, text]);
  const testOf = useTests(state);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const onOpen = useCallback((id: number, open: boolean) => {
    setOpened((before) => new Set([...before, id].filter((one) => open || one !== id)));
  }, []);
  const onText = ({ currentTarget }: TargetedEvent<HTMLInputElement>) => setText(currentTarget.value);
  /** Escape clears the field before it closes the drawer. */
  const onFilterKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || text === "") return;
    event.stopPropagation();
    setText("");
  };
  return html`
    <aside
      class="traffic"
      aria-label=${texts.traffic}
      onKeyDown=${({ key }: KeyboardEvent) => key === "Escape" && onClose()}
    >
      <header class="traffic-head">
        <h2>${texts.traffic}</h2>
        ${tool(texts.clear, binIcon(), onClear)} ${tool(texts.close, closeIcon(20), onClose)}
        <input
          type="search"
          aria-label=${texts.filter}
          placeholder=${texts.filter}
          value=${text}
          onInput=${onText}
          onKeyDown=${onFilterKey}
        />
        <div class="traffic-kinds" role="group" aria-label=${texts.kind}>
          ${kinds.map(
            (one) => html`
              <button key=${one} type="button" aria-pressed=${one === kind} onClick=${() => setKind(one)}>
                ${texts.kinds[one]}
              </button>
            `,
          )}
        </div>
      </header>
      ${entries.length === 0 && html`<p class="traffic-empty">${traffic.length === 0 ? texts.noTraffic : texts.noMatch}</p>`}
      <ol class="traffic-list">
        ${entries
          .filter(({ id }, index) => index >= entries.length - MAX_ROWS || opened.has(id))
          .toReversed()
          .map(
            (entry) =>
              html`<${TrafficRow} key=${entry.id} entry=${entry} testOf=${testOf} onOpen=${onOpen} />`,
          )}
      </ol>
    </aside>
  `;
}

function tool(name: string, icon: unknown, act: () => void) {
  return html`<button type="button" class="icon-button" aria-label=${name} title=${name} onClick=${act}>
    ${icon}
  </button>`;
}

/** Returns a function that never changes, so that rows do not render again because of it. */
function useTests({ session, messages, traffic }: State): (entry: TrafficEntry) => string | null {
  const known = useRef({ session, messages, traffic });
  known.current = { session, messages, traffic };
  return useCallback((entry) => {
    const { session, messages, traffic } = known.current;
    return session && writeTest(entry, { session, messages: Object.values(messages).flat(), traffic });
  }, []);
}
