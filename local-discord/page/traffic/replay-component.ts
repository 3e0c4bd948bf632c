import type { APIMessageComponent, APIMessageComponentInteraction } from "discord-api-types/v10";
import { flatten } from "../components/flatten.ts";
import { componentType } from "../discord.ts";
import type { IdNames } from "./id-names.ts";

/** A component with a custom id, and the field by which people know it. */
interface Named {
  component: APIMessageComponent;
  field: "label" | "placeholder" | "custom_id";
  name: string;
}

/** Repeats a press or a selection, on the last message with such a component, because custom ids often differ in every run. */
export function replayComponent(
  { message, data, member, user }: APIMessageComponentInteraction,
  how: readonly string[],
  names: IdNames,
): string[] | null {
  const found = findNamed(message.components, data.custom_id);
  if (found === undefined) return null;
  const { field, name, component } = found;
  const part = names.text(JSON.stringify({ [field]: name }).slice(1, -1));
  const chosen = data.component_type === componentType.button ? [] : [valuesOf(data, component, names)];
  const method = data.component_type === componentType.button ? "press" : "select";
  const parts = ["message", names.text(name), ...chosen, ...how];
  return [
    "const message = await discord.waitForMessage(",
    `  ({ id }) => id === discord.messages().findLast((one) => JSON.stringify(one).includes(${part}))?.id,`,
    ");",
    `const answer = await ${names.person(member?.user ?? user)}.${method}(${parts.join(", ")}).answer();`,
  ];
}

/** Finds a button by its custom id, if it has a label, or a select menu. */
function findNamed(components: readonly APIMessageComponent[] = [], customId: string): Named | undefined {
  const found = flatten(components).find((one) => "custom_id" in one && one.custom_id === customId);
  return found && named(found, customId);
}

function named(component: APIMessageComponent, customId: string): Named | undefined {
  if (component.type === componentType.button) {
    const label = "label" in component ? component.label : undefined;
    return label === undefined ? undefined : { component, field: "label", name: label };
  }
  const placeholder = "placeholder" in component ? component.placeholder : undefined;
  if (placeholder === undefined) return { component, field: "custom_id", name: customId };
  return { component, field: "placeholder", name: placeholder };
}

/** Writes the chosen values: options by label, roles by name, users and channels by the expressions of their ids. */
function valuesOf(
  data: Exclude<APIMessageComponentInteraction["data"], { component_type: 2 }>,
  component: APIMessageComponent,
  names: IdNames,
): string {
  const options = component.type === componentType.stringSelect ? component.options : [];
  const roles = "resolved" in data && "roles" in data.resolved ? (data.resolved.roles ?? {}) : {};
  const values = data.values.map((value) => {
    const label = options.find((option) => option.value === value)?.label;
    return names.text(label ?? roles[value]?.name ?? value);
  });
  return values.length === 1 ? values.join() : `[${values.join(", ")}]`;
}
