import type { APIButtonComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { Dots } from "../chat/thinking.ts";
import { buttonStyle } from "../discord.ts";
import { useActions } from "../view/actions.ts";
import { useViewContext } from "../view/view-context.ts";
import { checkIcon, externalIcon } from "../view/icons.ts";
import { safeUrl } from "../view/safe-url.ts";
import { useMessageScope } from "./message-scope.ts";
import { labelOf } from "./tell-apart.ts";

const styleNames = new Map<number, string>(Object.entries(buttonStyle).map(([name, style]) => [style, name]));

export function ButtonComponent({ component }: { component: APIButtonComponent }) {
  if ("url" in component) return html`<${LinkButton} component=${component} />`;
  return "custom_id" in component ? html`<${PressButton} component=${component} />` : null;
}

type Linking = Extract<APIButtonComponent, { url: string }>;
type Pressing = Extract<APIButtonComponent, { custom_id: string }>;

function LinkButton({ component }: { component: Linking }) {
  const { texts } = useViewContext();
  const about = useMessageScope().abouts.get(component);
  const href = component.disabled ? undefined : safeUrl(component.url);
  return html`
    <a
      class="button link"
      href=${href}
      aria-disabled=${href === undefined}
      aria-label=${about && `${labelOf(component)}, ${about} (${texts.opensElsewhere})`}
      target="_blank"
      rel="noopener noreferrer"
    >
      <${Face} component=${component} /> ${externalIcon()}
      <span class="visually-hidden">(${texts.opensElsewhere})</span>
    </a>
  `;
}

/** A button that shows dots, and ignores presses, until the bot acknowledges the press. Then it has a mark that stays. */
function PressButton({ component }: { component: Pressing }) {
  const { message, presses, abouts } = useMessageScope();
  const { texts } = useViewContext();
  const actions = useActions();
  const own = presses.filter((press) => press.customId === component.custom_id);
  const waiting = own.some(({ status }) => status === "sending");
  const pressed = !waiting && own.some(({ status }) => status === "done");
  const about = abouts.get(component);
  const press = () => {
    if (!waiting) actions?.press(message, component.custom_id);
  };
  return html`
    <button
      type="button"
      class=${`button ${styleNames.get(component.style) ?? "secondary"}`}
      disabled=${component.disabled}
      aria-busy=${waiting}
      aria-label=${about && `${labelOf(component)}, ${about}`}
      title=${waiting ? texts.sending : pressed ? texts.pressed : undefined}
      onClick=${press}
    >
      <${Face} component=${component} />
      ${waiting && html`<span class="button-wait"><${Dots} /></span>`}
      ${pressed && html`<span class="button-mark">${checkIcon(12)}</span>`}
    </button>
  `;
}

/** The label and emoji of a button. A custom emoji is shown by name, because its image is on Discord's servers. */
function Face({ component: { emoji, label } }: { component: Linking | Pressing }) {
  const sign = emoji?.id ? `:${emoji.name}:` : emoji?.name;
  return html`<span class="button-face"
    >${sign && html`<span class="button-emoji">${sign}</span>`}${label}</span
  >`;
}
