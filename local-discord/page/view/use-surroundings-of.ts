import { useMemo } from "preact/hooks";
import type { Session } from "../state/state.ts";
import type { Language } from "../texts/language.ts";
import { textsOf } from "../texts/texts.ts";
import type { Surroundings } from "./contexts.ts";
import { useToday } from "./use-today.ts";

export function useSurroundingsOf(session: Session | null, language: Language): Surroundings {
  const today = useToday();
  return useMemo(() => {
    const channels = session?.guilds.flatMap((guild) => guild.channels) ?? [];
    const people = session === null ? [] : [...session.users, session.bot];
    return {
      language,
      texts: textsOf(language),
      users: new Map(people.map((user) => [user.id, user])),
      channels: new Map(channels.map((channel) => [channel.id, channel])),
      bot: session?.bot ?? null,
      me: session?.user ?? null,
      today,
    };
  }, [session?.users, session?.bot, session?.guilds, session?.user, language, today]);
}
