import type { APIMessageComponent } from "discord-api-types/v10";
import { componentType } from "../discord.ts";

/** The first text display, at any depth; empty where there is none. */
export function firstText(components: readonly APIMessageComponent[] = []): string {
  for (const component of components) {
    if (component.type === componentType.textDisplay) return component.content;
    const inside = "components" in component ? firstText(component.components) : "";
    if (inside !== "") return inside;
  }
  return "";
}
