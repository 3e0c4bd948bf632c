import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { createContext, type ComponentChildren } from "preact";
import { useContext, useMemo } from "preact/hooks";
import type { Press } from "../state/state.ts";
import { useViewContext } from "../view/view-context.ts";
import { type Control, tellApart } from "./tell-apart.ts";

interface Given {
  readonly message: APIMessage;
  readonly presses: readonly Press[];
}

interface Scope extends Given {
  /** What tells buttons with the same label, and select menus with the same placeholder, apart. */
  readonly abouts: ReadonlyMap<Control, string>;
}

const ScopeContext = createContext<Scope | null>(null);

/** Provides the components inside with their message and its presses. */
export function MessageScope({ message, presses, children }: Given & { children: ComponentChildren }) {
  const { texts } = useViewContext();
  const abouts = useMemo(() => tellApart(message.components ?? [], texts.placeAmong), [message, texts]);
  const scope = useMemo(() => ({ message, presses, abouts }), [message, presses, abouts]);
  return html`<${ScopeContext.Provider} value=${scope}>${children}<//>`;
}

export function useMessageScope(): Scope {
  const scope = useContext(ScopeContext);
  if (scope === null) throw new Error("Message components are shown inside a MessageScope only");
  return scope;
}
