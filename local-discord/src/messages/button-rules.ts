import type { APIButtonComponent, APIMessage } from "discord-api-types/v10";
import { ButtonStyle, ComponentType } from "discord-api-types/v10";
import type { FieldFault } from "../errors.ts";
import { invalidForm, notBuilt } from "../errors.ts";
import { addressFaults } from "./url-rules.ts";
import { locateComponents } from "./components.ts";

/**
 * Checks that each button has a custom id or URL, and a label or emoji.
 * @throws DiscordError 50035; 404 for premium buttons
 * @see https://discord.com/developers/docs/components/reference#button
 */
export function assertButtons(message: APIMessage): void {
  const faults = locateComponents(message).flatMap(({ component, path }) =>
    component.type === ComponentType.Button ? faultsOf(component, path) : [],
  );
  if (faults.length > 0) throw invalidForm(faults);
}

/** The fields of a button in a request body. Discord's published schema requires none of them. */
type ButtonFields = Partial<Record<"custom_id" | "url" | "label" | "emoji", unknown>>;

function faultsOf(button: APIButtonComponent, path: string[]): FieldFault[] {
  if (button.style === ButtonStyle.Premium) throw notBuilt("premium buttons");
  const given: ButtonFields = button;
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
