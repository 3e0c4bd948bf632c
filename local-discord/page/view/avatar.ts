import type { APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import type { TargetedEvent } from "preact";
import { colorOf, hex, textColorOn } from "./colors.ts";
import { displayName, initials } from "./names.ts";

/** The avatar of a user. Behind it, and instead of a missing one, is a drawing made from the name. */
export function Avatar({ user, size = 40 }: { user: APIUser; size?: number }) {
  const color = colorOf(user);
  return html`
    <svg class="avatar" width=${size} height=${size} viewBox="0 0 40 40" aria-hidden="true">
      <rect width="40" height="40" rx="20" fill=${hex(color)} />
      <ellipse cx="20" cy="4" rx="26" ry="17" fill="#fff" opacity=".12" />
      ${user.bot ? robot(textColorOn(color), hex(color)) : letter(user, textColorOn(color))}
      ${user.avatar && html`<image href=${`/avatars/${user.id}/${user.avatar}.png`} width="40" height="40" onError=${hide} />`}
    </svg>
  `;
}

function letter(user: APIUser, ink: string) {
  return html`<text x="20" y="27" text-anchor="middle" font-size="19" font-weight="600" fill=${ink}>
    ${initials(displayName(user)).slice(0, 1)}
  </text>`;
}

function robot(ink: string, ground: string) {
  return html`
    <path d="M20 8v5" stroke=${ink} stroke-width="2" stroke-linecap="round" />
    <circle cx="20" cy="8" r="2" fill=${ink} />
    <rect x="10" y="13" width="20" height="15" rx="5" fill=${ink} />
    <circle cx="16" cy="20" r="2.2" fill=${ground} />
    <circle cx="24" cy="20" r="2.2" fill=${ground} />
    <path d="M17 24.5h6" stroke=${ground} stroke-width="1.6" stroke-linecap="round" />
  `;
}

function hide(event: TargetedEvent<SVGElement>): void {
  event.currentTarget.style.display = "none";
}
