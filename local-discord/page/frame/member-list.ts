import type { APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import type { ClientGuild, ClientThread } from "../../src/client-protocol.ts";
import { UserButton } from "../menu/user-button.ts";
import type { Session } from "../state/state.ts";
import { AppTag } from "../view/app-tag.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { displayName } from "../view/names.ts";
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
  const bots = [bot].filter(isListed);
  const people = users.filter(isListed);
  return html`
    <aside class="members" aria-label=${texts.members}>
      <${Group} name="online" members=${bot_online ? [...people, ...bots] : people} />
      ${!bot_online && bots.length > 0 && html`<${Group} name="offline" members=${bots} />`}
    </aside>
  `;
}

function Group({ name, members }: { name: "online" | "offline"; members: readonly APIUser[] }) {
  const { texts } = useViewContext();
  return html`
    <h2 class="members-heading">${texts.membersHeading(name, members.length)}</h2>
    <ul class=${`member-group ${name}`}>
      ${members.map(
        (user) => html`
          <li key=${user.id}>
            <${UserButton} user=${user} class="member">
              <span class="avatar-with-status">
                <${Avatar} user=${user} size=${32} /><${StatusDot} online=${name === "online"} />
              </span>
              <span class="member-name">${displayName(user)}</span>
              ${user.bot && html`<${AppTag} />`}
            <//>
          </li>
        `,
      )}
    </ul>
  `;
}
