import type { APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import type { ClientGuild, ClientThread } from "../../src/client-protocol.ts";
import { UserButton } from "../menu/user-button.ts";
import type { Session } from "../state/state.ts";
import { AppTag } from "../view/app-tag.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { nameColorIn, nameIn } from "../view/names.ts";
import { StatusDot } from "./status-dot.ts";

interface Props {
  session: Session | null;
  guild: ClientGuild;
  /** The thread that is open; only its members are listed. */
  thread: ClientThread | null;
}

/** The members of a server or a thread. People always count as online; the bot is online while it has a gateway connection. */
export function MemberList({ session, guild, thread }: Props) {
  const { texts } = useViewContext();
  if (session === null) return html`<aside class="members"></aside>`;
  const { users, bot, bot_online } = session;
  const isListed = ({ id }: APIUser) =>
    guild.member_ids.includes(id) && (thread === null || thread.member_ids.includes(id));
  const online = [...users, ...(bot_online ? [bot] : [])].filter(isListed);
  const offline = [bot].filter((user) => !bot_online && isListed(user));
  const hoisted = guild.roles.filter(({ hoist }) => hoist).toReversed();
  const roleOf = ({ id }: APIUser) => hoisted.find(({ member_ids }) => member_ids.includes(id));
  const groups = hoisted.map((role) => ({ role, members: online.filter((user) => roleOf(user) === role) }));
  const others = online.filter((user) => roleOf(user) === undefined);
  const heading = (group: "online" | "offline" | { role: string }, members: readonly APIUser[]) =>
    texts.membersHeading(group, members.length);
  return html`
    <aside class="members" aria-label=${texts.members}>
      ${groups.map(
        ({ role, members }) =>
          members.length > 0 &&
          html`<${Group}
            key=${role.id}
            heading=${heading({ role: role.name }, members)}
            members=${members}
            online
          />`,
      )}
      ${others.length > 0 && html`<${Group} heading=${heading("online", others)} members=${others} online />`}
      ${offline.length > 0 && html`<${Group} heading=${heading("offline", offline)} members=${offline} />`}
    </aside>
  `;
}

interface GroupProps {
  heading: string;
  members: readonly APIUser[];
  online?: boolean;
}

function Group({ heading, members, online = false }: GroupProps) {
  const { guild } = useViewContext();
  return html`
    <h2 class="members-heading">${heading}</h2>
    <ul class=${`member-group ${online ? "online" : "offline"}`}>
      ${members.map(
        (user) => html`
          <li key=${user.id}>
            <${UserButton} user=${user} class="member">
              <span class="avatar-with-status">
                <${Avatar} user=${user} size=${32} /><${StatusDot} online=${online} />
              </span>
              <span class="member-name" style=${{ color: nameColorIn(guild, user) }}
                >${nameIn(guild, user)}</span
              >
              ${user.bot && html`<${AppTag} />`}
            <//>
          </li>
        `,
      )}
    </ul>
  `;
}
