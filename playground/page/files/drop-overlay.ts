import { html } from "htm/preact";
import { titleOf, type Place } from "../state/place.ts";
import { useSurroundings } from "../view/contexts.ts";
import { uploadIcon } from "../view/icons.ts";

/** While files are dragged over the window. Only the eye needs it: who drags sees. */
export function DropOverlay({ place }: { place: Place }) {
  const { texts } = useSurroundings();
  return html`
    <div class="drop-overlay" aria-hidden="true">
      <div class="drop-card">
        ${uploadIcon(56)}
        <strong>${texts.uploadTo(titleOf(place))}</strong>
        <p>${texts.dropHint}</p>
      </div>
    </div>
  `;
}
