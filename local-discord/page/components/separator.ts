import type { APISeparatorComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { separatorSpacing } from "../discord.ts";

/** Vertical space with a line, which the bot can turn off. */
export function SeparatorComponent({
  component: { divider = true, spacing },
}: {
  component: APISeparatorComponent;
}) {
  const size = spacing === separatorSpacing.large ? "large" : "small";
  return divider
    ? html`<hr class=${`separator ${size}`} />`
    : html`<div class=${`separator bare ${size}`}></div>`;
}
