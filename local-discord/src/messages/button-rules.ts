import type { APIButtonComponent, APIMessage } from "discord-api-types/v10";
import { ButtonStyle, ComponentType } from "discord-api-types/v10";
import type { FieldFault } from "../errors.ts";
import { invalidForm, notBuilt } from "../errors.ts";
import { addressFaults } from "./url-rules.ts";
import { locateComponents } from "./components.ts";

/**
 * What a button needs to be pressed, or followed, and seen; select menus are not built. Throws 50035, or 404.
 * https://discord.com/developers/docs/components/reference#button
 */
export function assertButtons(message: APIMessage): void {
  const faults = locateComponents(message).flatMap(({ component, path }) => {
    if ("custom_id" in component && component.type !== ComponentType.Button) throw notBuilt("select menus");
    return component.type === ComponentType.Button ? faultsOf(component, path) : [];
  });
  if (faults.length > 0) throw invalidForm(faults);
}

/** What a request body has of a button; the published schema demands none of it. */
type Given = Partial<Record<"custom_id" | "url" | "label" | "emoji", unknown>>;

function faultsOf(button: APIButtonComponent, path: string[]): FieldFault[] {
  if (button.style === ButtonStyle.Premium) throw notBuilt("premium buttons");
  const given: Given = button;
  const link = button.style === ButtonStyle.Link;
  const [needed, barred] = link ? (["url", "custom_id"] as const) : (["custom_id", "url"] as const);
  return [
    ...(given[needed] ? [] : [{ path: [...path, needed], ...fieldRequired }]),
    ...(given[barred] ? [{ path, ...idAndUrl }] : []),
    ...(given.label || given.emoji ? [] : [{ path: [...path, "label"], ...fieldRequired }]),
    ...(link ? addressFaults(button.url, [...path, "url"], ["http", "https", "discord"]) : []),
  ];
}

const fieldRequired = { code: "BASE_TYPE_REQUIRED", message: "This field is fieldRequired" };
const idAndUrl = {
  code: "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
  message: "A custom id and url cannot both be specified",
};
