import type { APIUser } from "discord-api-types/v10";
import { createContext } from "preact";
import { useContext, useMemo, useEffect, useState } from "preact/hooks";
import type { ClientChannel, ClientGuild, ClientReady, ClientThread } from "../../src/client-protocol.ts";
import { type Language, textsOf } from "../texts/language.ts";
import type { Texts } from "../texts/en.ts";
import type { Session } from "../state/state.ts";

/** Language, texts, people and channels, which all views use. Changes rarely. */
export interface ViewContext {
  readonly language: Language;
  readonly texts: Texts;
  readonly users: ReadonlyMap<string, APIUser>;
  /** All channels and threads that the person sees. */
  readonly channels: ReadonlyMap<string, ClientChannel>;
  /** The threads among them, by their ids, which are also those of the messages that they were created from. */
  readonly threads: ReadonlyMap<string, ClientThread>;
  /** The server that is shown; null for direct messages. */
  readonly guild: ClientGuild | null;
  readonly bot: APIUser | null;
  readonly commands: ClientReady["commands"];
  /** The person whose view this is. */
  readonly me: APIUser | null;
  /** A time within the current day, relative to which dates are formatted. Changes after midnight. */
  readonly today: number;
}

const AppViewContext = createContext<ViewContext>({
  language: "en-US",
  texts: textsOf("en-US"),
  users: new Map(),
  channels: new Map(),
  threads: new Map(),
  guild: null,
  bot: null,
  commands: {},
  me: null,
  today: 0,
});

export const ViewContextProvider = AppViewContext.Provider;

export function useViewContext(): ViewContext {
  return useContext(AppViewContext);
}

export function useMakeViewContext(
  session: Session | null,
  language: Language,
  guild: ClientGuild | null,
): ViewContext {
  const today = useToday();
  return useMemo(() => {
    const threads = session?.guilds.flatMap((guild) => guild.threads) ?? [];
    const channels = [...(session?.guilds.flatMap((guild) => guild.channels) ?? []), ...threads];
    const people = session === null ? [] : [...session.users, session.bot];
    return {
      language,
      texts: textsOf(language),
      users: new Map(people.map((user) => [user.id, user])),
      channels: new Map(channels.map((channel) => [channel.id, channel])),
      threads: new Map(threads.map((thread) => [thread.id, thread])),
      guild,
      bot: session?.bot ?? null,
      commands: session?.commands ?? {},
      me: session?.user ?? null,
      today,
    };
  }, [
    session?.users,
    session?.bot,
    session?.guilds,
    session?.user,
    session?.commands,
    language,
    guild,
    today,
  ]);
}

/** Returns a time within the current day, and renders again after midnight. */
function useToday(): number {
  const [today, setToday] = useState(() => Date.now());
  useEffect(() => {
    const midnight = new Date(today).setHours(24, 0, 0, 0);
    const timer = setTimeout(() => setToday(Date.now()), midnight - Date.now() + 1000);
    return () => clearTimeout(timer);
  }, [today]);
  return today;
}
