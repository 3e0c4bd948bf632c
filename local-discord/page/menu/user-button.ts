import type { APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useUserMenu } from "./user-menu.ts";

interface Props {
  user: APIUser;
  class: string;
  /** Color of the text, as in "#ff8800". */
  color?: string | undefined;
  children: ComponentChildren;
}

/** A person in a list or above a message, who opens their menu. */
export function UserButton({ user, class: className, color, children }: Props) {
  const menu = useUserMenu(user);
  return html`<button
    type="button"
    class=${className}
    aria-haspopup="menu"
    style=${color && { color }}
    ...${menu}
  >
    ${children}
  </button>`;
}
