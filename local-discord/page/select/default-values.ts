import type { APISelectMenuComponent } from "discord-api-types/v10";
import { componentType } from "../discord.ts";

/** Returns the values that the bot chose beforehand. */
export function defaultValues(component: APISelectMenuComponent): readonly string[] {
  if (component.type === componentType.stringSelect) {
    return component.options.filter((option) => option.default === true).map(({ value }) => value);
  }
  return (component.default_values ?? []).map(({ id }) => id);
}
