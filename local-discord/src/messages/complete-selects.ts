import type { APIMessageTopLevelComponent, APISelectMenuComponent } from "discord-api-types/v10";
import { componentsOf } from "./components.ts";
import { removeNulls } from "./remove-nulls.ts";
import { isSelect, selectBounds } from "./select-rules.ts";

/** Returns the components with the select menus as Discord stores them: with both limits, and without null and `required`. */
export function completeSelects(
  components: readonly APIMessageTopLevelComponent[],
): APIMessageTopLevelComponent[] {
  const copy = structuredClone([...components]);
  for (const component of componentsOf({ components: copy })) if (isSelect(component)) complete(component);
  return copy;
}

function complete(select: APISelectMenuComponent): void {
  const { least, most } = selectBounds(select);
  Object.assign(select, { min_values: least, max_values: most });
  // In messages `required` has no meaning, except that Discord refuses it together with a `min_values` of 0.
  if (select.required !== true || least > 0) delete select.required;
  removeNulls(select);
  if ("options" in select) select.options.forEach(removeNulls);
}
