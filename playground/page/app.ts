import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { ChannelHeader } from "./frame/channel-header.ts";
import { ChannelSidebar } from "./frame/channel-sidebar.ts";
import { ConnectionBar } from "./frame/connection-bar.ts";
import { MemberList } from "./frame/member-list.ts";
import { ServerRail } from "./frame/server-rail.ts";
import { TitleBar } from "./frame/title-bar.ts";
import { UserPanel } from "./frame/user-panel.ts";
import { Channel } from "./chat/channel.ts";
import { placeOf } from "./state/place.ts";
import { ActionsProvider, useMakeActions } from "./view/actions.ts";
import { SurroundingsProvider } from "./view/contexts.ts";
import { savePreferences, type Preferences } from "./view/preferences.ts";
import { useSession } from "./view/use-session.ts";
import { useSurroundingsOf } from "./view/use-surroundings-of.ts";

export function App({ preferences }: { preferences: Preferences }) {
  const { state, dispatch, switchUser } = useSession(preferences.user);
  const [language, setLanguage] = useState(preferences.language);
  const [membersShown, showMembers] = useState(true);
  const { session, channelId, connection } = state;
  const userId = session?.user.id;
  const surroundings = useSurroundingsOf(session, language);
  const actions = useMakeActions({ userId, channelId, language, dispatch });
  const channel = placeOf(session, channelId);
  // On a phone rail and sidebar come over the channel.
  const [navigationShown, showNavigation] = useState(false);
  const choose = (id: string) => {
    dispatch({ type: "channelChosen", channelId: id });
    showNavigation(false);
  };
  const looks = [
    "app",
    (!membersShown || channel?.direct) && "members-hidden",
    navigationShown && "navigation-shown",
  ];

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = surroundings.texts.title;
    savePreferences({ user: session?.user.username ?? preferences.user, language });
  }, [language, session?.user.username]);

  return html`
    <${SurroundingsProvider} value=${surroundings}>
      <${ActionsProvider} value=${actions}>
        <div
          class=${looks.filter(Boolean).join(" ")}
          onKeyDown=${({ key }: KeyboardEvent) => key === "Escape" && showNavigation(false)}
        >
          <${TitleBar} guild=${session?.guild} />
          <${ServerRail}
            session=${session}
            channelId=${channelId}
            unread=${state.unread}
            onChoose=${choose}
          />
          <${ChannelSidebar}
            session=${session}
            channelId=${channelId}
            unread=${state.unread}
            onChoose=${choose}
          />
          <div class="navigation-scrim" onClick=${() => showNavigation(false)}></div>
          <${UserPanel}
            session=${session}
            language=${language}
            onUser=${switchUser}
            onLanguage=${setLanguage}
          />
          <main class="main">
            <${ConnectionBar} connection=${connection} />
            <${ChannelHeader}
              channel=${channel}
              membersShown=${membersShown}
              onToggleMembers=${() => showMembers(!membersShown)}
              navigationShown=${navigationShown}
              unread=${state.unread.size > 0}
              onNavigate=${() => showNavigation(!navigationShown)}
            />
            ${channel && session && html`<${Channel} key=${channel.id} channel=${channel} state=${state} />`}
          </main>
          <${MemberList} session=${session} />
        </div>
      <//>
    <//>
  `;
}
