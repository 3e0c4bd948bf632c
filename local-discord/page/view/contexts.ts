import type { APIUser } from "discord-api-types/v10";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ClientChannel } from "../../src/client-protocol.ts";
import type { Language } from "../texts/language.ts";
import { textsOf, type Texts } from "../texts/texts.ts";

/** What views far down need to name people and channels, in which language. Changes seldom. */
export interface Surroundings {
  readonly language: Language;
  readonly texts: Texts;
  readonly users: ReadonlyMap<string, APIUser>;
  readonly channels: ReadonlyMap<string, ClientChannel>;
  readonly bot: APIUser | null;
  /** The person at this window. */
  readonly me: APIUser | null;
  /** Any moment of the present day: dates are worded by it, and again when the day is over. */
  readonly today: number;
}

const SurroundingsContext = createContext<Surroundings>({
  language: "en-US",
  texts: textsOf("en-US"),
  users: new Map(),
  channels: new Map(),
  bot: null,
  me: null,
  today: 0,
});

export const SurroundingsProvider = SurroundingsContext.Provider;

export function useSurroundings(): Surroundings {
  return useContext(SurroundingsContext);
}
