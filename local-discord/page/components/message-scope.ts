import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { createContext, type ComponentChildren } from "preact";
import { useContext, useMemo } from "preact/hooks";
import type { Press } from "../state/state.ts";

interface Scope {
  readonly message: APIMessage;
  readonly presses: readonly Press[];
}

const ScopeContext = createContext<Scope | null>(null);

/** Provides the components inside with their message and its presses. */
export function MessageScope({ message, presses, children }: Scope & { children: ComponentChildren }) {
  const scope = useMemo(() => ({ message, presses }), [message, presses]);
  return html`<${ScopeContext.Provider} value=${scope}>${children}<//>`;
}

export function useMessageScope(): Scope {
  const scope = useContext(ScopeContext);
  if (scope === null) throw new Error("Message components are shown inside a MessageScope only");
  return scope;
}
