import type { APIMessageComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { componentType } from "../discord.ts";
import { ActionRow } from "./action-row.ts";
import { ButtonComponent } from "./button.ts";
import { ContainerComponent } from "./container.ts";
import { FileComponent } from "./file.ts";
import { MediaGallery } from "./media-gallery.ts";
import { SectionComponent } from "./section.ts";
import { SelectMenu } from "./select-menu.ts";
import { SeparatorComponent } from "./separator.ts";
import { TextDisplay } from "./text-display.ts";
import { Thumbnail } from "./thumbnail.ts";
import { useViewContext } from "../view/view-context.ts";

const views = new Map<number, unknown>([
  [componentType.actionRow, ActionRow],
  [componentType.button, ButtonComponent],
  [componentType.stringSelect, SelectMenu],
  [componentType.userSelect, SelectMenu],
  [componentType.roleSelect, SelectMenu],
  [componentType.mentionableSelect, SelectMenu],
  [componentType.channelSelect, SelectMenu],
  [componentType.section, SectionComponent],
  [componentType.textDisplay, TextDisplay],
  [componentType.thumbnail, Thumbnail],
  [componentType.mediaGallery, MediaGallery],
  [componentType.file, FileComponent],
  [componentType.separator, SeparatorComponent],
  [componentType.container, ContainerComponent],
]);

/** Shows any message component. */
export function ComponentView({ component }: { component: APIMessageComponent }) {
  return html`<${views.get(component.type) ?? UnknownComponent} component=${component} />`;
}

function UnknownComponent() {
  return html`<p class="unknown-component">${useViewContext().texts.unknownComponent}</p>`;
}
