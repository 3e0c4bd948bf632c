import type { APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import type { TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import type { ClientThread } from "../../src/client-protocol.ts";
import { MenuItem } from "../menu/menu-items.ts";
import { PopupMenu, type Position } from "../menu/popup-menu.ts";
import { useActions } from "../view/actions.ts";
import { Avatar } from "../view/avatar.ts";
import { checkIcon, moreIcon } from "../view/icons.ts";
import { nameIn } from "../view/names.ts";
import { useViewContext } from "../view/view-context.ts";
import { threadRights, type ThreadRights } from "./rights.ts";

/** The button in the header of a thread, and the menu that it opens. */
export function ThreadMenu({ thread }: { thread: ClientThread }) {
  const { texts } = useViewContext();
  const [at, open] = useState<Position | null>(null);
  const onClick = ({ currentTarget }: TargetedEvent<HTMLButtonElement>) => {
    const { left, bottom } = currentTarget.getBoundingClientRect();
    open({ x: left, y: bottom + 4 });
  };
  return html`
    <button
      type="button"
      class="icon-button"
      aria-label=${texts.threads.options}
      title=${texts.threads.options}
      aria-haspopup="menu"
      aria-expanded=${at !== null}
      onClick=${onClick}
    >
      ${moreIcon(22)}
    </button>
    ${
      at &&
      html`<${PopupMenu} label=${texts.threads.options} at=${at} onClose=${() => open(null)}>
        <${Items} thread=${thread} />
      <//>`
    }
  `;
}

function Items({ thread }: { thread: ClientThread }) {
  const { texts, me, guild } = useViewContext();
  const actions = useActions();
  if (me === null || guild === null) return null;
  const { id, archived, locked, member_ids: members } = thread;
  const rights = threadRights(thread, me.id);
  const joined = members.includes(me.id);
  return html`
    <div role="group" aria-label=${thread.name}>
      ${
        !archived &&
        html`<${MenuItem}
          label=${joined ? texts.threads.leave : texts.threads.join}
          onPress=${() => actions?.setThreadMember(id, me.id, !joined)}
        />`
      }
      ${
        (archived ? rights.unarchive : rights.archive) &&
        html`<${MenuItem}
          label=${archived ? texts.threads.unarchive : texts.threads.archive}
          onPress=${() => actions?.editThread(id, { archived: !archived })}
        />`
      }
      ${
        rights.lock &&
        html`<${MenuItem}
          label=${locked ? texts.threads.unlock : texts.threads.lock}
          onPress=${() => actions?.editThread(id, { locked: !locked })}
        />`
      }
    </div>
    <${Members} thread=${thread} rights=${rights} />
  `;
}

/** The people who can be added to the thread or removed from it. The menu stays open for several of them. */
function Members({ thread, rights }: { thread: ClientThread; rights: ThreadRights }) {
  const { texts, me, users, guild } = useViewContext();
  const isMember = ({ id }: APIUser) => thread.member_ids.includes(id);
  const others = [...users.values()].filter(
    (user) =>
      user.id !== me?.id &&
      (!user.bot || guild?.has_bot === true) &&
      (isMember(user) ? rights.removeMembers : rights.addMembers),
  );
  if (others.length === 0) return null;
  return html`
    <div role="group" aria-labelledby="thread-members">
      <div class="menu-heading" id="thread-members">${texts.members}</div>
      ${others.map((user) => html`<${Member} key=${user.id} user=${user} thread=${thread} checked=${isMember(user)} />`)}
    </div>
  `;
}

function Member({ user, thread, checked }: { user: APIUser; thread: ClientThread; checked: boolean }) {
  const { guild } = useViewContext();
  const actions = useActions();
  return html`
    <button
      type="button"
      role="menuitemcheckbox"
      aria-checked=${checked}
      tabindex="-1"
      onClick=${() => actions?.setThreadMember(thread.id, user.id, !checked)}
    >
      <span class="menu-user"><${Avatar} user=${user} size=${20} /> ${nameIn(guild, user)}</span>
      <span class="menu-check">${checked && checkIcon(16)}</span>
    </button>
  `;
}
