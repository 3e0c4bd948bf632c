import type { APIMessage } from "discord-api-types/v10";
import { ComponentType } from "discord-api-types/v10";
import { invalidForm } from "../errors.ts";
import { componentsOf, locateComponents } from "./components.ts";

/** Limit of components in one message, nested ones included: https://discord.com/developers/docs/components/reference */
const MAX_COMPONENTS = 40;
/** Limit of action rows in a message without Components V2. */
const MAX_ACTION_ROWS = 5;
/** Limit of the total length of all text displays in one message. */
const MAX_TEXT_CHARACTERS = 4000;

/**
 * Checks that no custom id occurs twice, also among disabled components.
 * @throws DiscordError 50035
 * @see https://github.com/discord/discord-api-docs/issues/3673
 */
export function assertUniqueCustomIds(message: APIMessage): void {
  const seen = new Set<string>();
  for (const { component, path } of locateComponents(message)) {
    if (!("custom_id" in component)) continue;
    if (seen.has(component.custom_id)) {
      const text = "Component custom id cannot be duplicated";
      throw invalidForm([
        { path: [...path, "custom_id"], code: "COMPONENT_CUSTOM_ID_DUPLICATED", message: text },
      ]);
    }
    seen.add(component.custom_id);
  }
}

/**
 * Checks the limits of Components V2 on the number of components and on their text.
 * @throws DiscordError 50035
 */
export function assertWithinLimits(message: APIMessage): void {
  const components = componentsOf(message);
  if (components.length > MAX_COMPONENTS) {
    throw refused(
      "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
      `Total number of components cannot exceed ${MAX_COMPONENTS}`,
    );
  }
  const texts = components.map((component) =>
    component.type === ComponentType.TextDisplay ? component.content : "",
  );
  if (texts.join("").length > MAX_TEXT_CHARACTERS) {
    throw refused(
      "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
      `Components displayable text size exceeds maximum size of ${MAX_TEXT_CHARACTERS}`,
    );
  }
}

/**
 * Checks that a message without IS_COMPONENTS_V2 has nothing but action rows, at most 5.
 * @throws DiscordError 50035
 */
export function assertActionRowsOnly({ components = [] }: APIMessage): void {
  if (components.length > MAX_ACTION_ROWS) {
    throw refused("BASE_TYPE_MAX_LENGTH", `Must be ${MAX_ACTION_ROWS} or fewer in length.`);
  }
  const index = components.findIndex(({ type }) => type !== ComponentType.ActionRow);
  if (index === -1) return;
  const message = 'Value of field "type" must be one of (1,).';
  throw invalidForm([{ path: ["components", String(index)], code: "UNION_TYPE_CHOICES", message }]);
}

function refused(code: string, message: string) {
  return invalidForm([{ path: ["components"], code, message }]);
}
