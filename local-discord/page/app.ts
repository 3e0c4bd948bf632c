import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Channel } from "./chat/channel.ts";
import { SelectionsProvider } from "./components/selections.ts";
import { ChannelDialogView } from "./frame/channel-dialog.ts";
import { ChannelHeader, type Side } from "./frame/channel-header.ts";
import { ChannelSidebar } from "./frame/channel-sidebar.ts";
import { MemberList } from "./frame/member-list.ts";
import { ServerRail } from "./frame/server-rail.ts";
import { UserPanel } from "./frame/user-panel.ts";
import { useUnsentMessages } from "./composer/unsent-message.ts";
import { channelType, commandType } from "./discord.ts";
import { UserMenuHost } from "./menu/user-menu.ts";
import { ModalDialog } from "./modal/modal-dialog.ts";
import { placeOf, titleOf } from "./state/place.ts";
import { unreadIn } from "./state/unread.ts";
import { Forum } from "./threads/forum.ts";
import { TrafficDrawer } from "./traffic/traffic-drawer.ts";
import { pageLanguageOf } from "./texts/language.ts";
import { useMakeActions } from "./view/actions.ts";
import { ViewContextProvider, useMakeViewContext, useViewContext } from "./view/view-context.ts";
import { savePreferences, type Preferences } from "./view/preferences.ts";
import { useNavigation } from "./view/use-navigation.ts";
import { useSession } from "./view/use-session.ts";
import type { ConnectionStatus } from "./state/state.ts";

/** The whole page of one person. */
export function App({ preferences }: { preferences: Preferences }) {
  const [side, setSide] = useState<Side | null>("members");
  const { state, dispatch, switchUser } = useSession(preferences.user, { traffic: side === "traffic" });
  const [language, setLanguage] = useState(preferences.language);
  const [navigationShown, showNavigation] = useNavigation();
  const { session, channelId, connection, unread, modal, dialog } = state;
  const actions = useMakeActions({ userId: session?.user.id, channelId, language, dispatch });
  const place = placeOf(session, channelId);
  const viewContext = useMakeViewContext(session, language, place?.guild ?? null);
  const usable = session?.commands[channelId ?? ""] ?? [];
  const userCommands = usable.filter(({ type }) => type === commandType.user);
  const unsentOf = useUnsentMessages();
  const choose = (id: string) => {
    dispatch({ type: "channelChosen", channelId: id });
    showNavigation(false);
  };
  const closeTraffic = () => {
    setSide("members");
    document.querySelector<HTMLElement>(".traffic-toggle")?.focus();
  };
  const pings = unreadIn(unread, [...unread.keys()]);
  const title = [pings ? `(${pings})` : "", place ? `${titleOf(place)} |` : "", viewContext.texts.title].join(
    " ",
  );

  useEffect(() => {
    document.documentElement.lang = pageLanguageOf(language);
    savePreferences({ user: session?.user.username ?? preferences.user, language });
  }, [language, session?.user.username]);
  useEffect(() => {
    document.title = title.trim();
  }, [title]);

  return html`
    <${ViewContextProvider} value=${viewContext}>
      <${UserMenuHost} actions=${actions} commands=${userCommands}>
        <div class=${navigationShown ? "app navigation-shown" : "app"}>
          <${ServerRail} session=${session} place=${place} unread=${unread} onChoose=${choose} />
          <${ChannelSidebar} session=${session} place=${place} unread=${unread} onChoose=${choose} />
          <div class="navigation-scrim" onClick=${() => showNavigation(false)}></div>
          <${UserPanel}
            session=${session}
            language=${language}
            commands=${usable}
            onUser=${switchUser}
            onLanguage=${setLanguage}
          />
          <main class="main" inert=${navigationShown}>
            <${ConnectionBar} connection=${connection} />
            <${ChannelHeader}
              place=${place}
              side=${side}
              onSide=${setSide}
              navigationShown=${navigationShown}
              unread=${pings}
              onNavigate=${() => showNavigation(!navigationShown)}
            />
            ${
              place &&
              session &&
              html`<${SelectionsProvider} value=${state.selections}>
                ${
                  place.type === channelType.guildForum
                    ? html`<${Forum} key=${place.id} channel=${place} messages=${state.messages} />`
                    : html`<${Channel}
                        key=${`${session.user.id}/${place.id}`}
                        channel=${place}
                        state=${state}
                        unsent=${unsentOf(session.user.id, place.id)}
                      />`
                }
              <//>`
            }
          </main>
          ${
            side === "members" &&
            place?.guild &&
            html`<${MemberList} session=${session} guild=${place.guild} thread=${place.thread} />`
          }
          ${
            side === "traffic" &&
            html`<${TrafficDrawer}
              state=${state}
              onClear=${() => dispatch({ type: "trafficCleared" })}
              onClose=${closeTraffic}
            />`
          }
        </div>
        ${
          dialog &&
          place &&
          html`<${ChannelDialogView}
            key=${dialog.of}
            dialog=${dialog}
            channel=${place}
            messages=${state.messages[place.id] ?? []}
            connected=${connection === "open"}
          />`
        }
        ${modal && html`<${ModalDialog} modal=${modal} connected=${connection === "open"} />`}
      <//>
    <//>
  `;
}

function ConnectionBar({ connection }: { connection: ConnectionStatus }) {
  const { texts } = useViewContext();
  const text = { open: null, connecting: texts.connecting, lost: texts.reconnecting }[connection];
  return html`<div class="connection-bar" role="status" data-connection=${connection}>${text}</div>`;
}
