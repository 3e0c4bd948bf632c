import { html } from "htm/preact";
import { dayOf } from "../texts/dates.ts";
import { useSurroundings } from "../view/contexts.ts";
import { memo } from "../view/memo.ts";

export const DayDivider = memo(({ at }: { at: number }) => {
  const { language } = useSurroundings();
  const day = dayOf(at, language);
  return html`<div class="day-divider" role="separator" aria-label=${day}><span>${day}</span></div>`;
});
