import type {
  APIComponentInLabel,
  APILabelComponent,
  APIModalInteractionResponseCallbackData,
} from "discord.js";
import { ComponentType, TextInputStyle } from "discord.js";

const options = ["a", "b", "c"].map((value) => ({ label: value.toUpperCase(), value }));

export function label(component: APIComponentInLabel): APILabelComponent {
  return { type: ComponentType.Label, label: component.custom_id, component };
}

/** A custom id, and fields that differ from those of a plain component. */
type More = Record<string, unknown>;
const component = (type: ComponentType, custom_id: string, more: More = {}) =>
  ({ type, custom_id, ...more }) as unknown as APIComponentInLabel;

export const text = (id: string, more?: More) =>
  component(ComponentType.TextInput, id, { style: TextInputStyle.Short, ...more });
export const letters = (id: string, more?: More) =>
  component(ComponentType.StringSelect, id, { options, ...more });
export const users = (id: string, more?: More) => component(ComponentType.UserSelect, id, more);
export const roles = (id: string, more?: More) => component(ComponentType.RoleSelect, id, more);
export const mentionables = (id: string, more?: More) => component(ComponentType.MentionableSelect, id, more);
export const channels = (id: string, more?: More) => component(ComponentType.ChannelSelect, id, more);
export const files = (id: string, more?: More) => component(ComponentType.FileUpload, id, more);
export const radio = (id: string, more?: More) =>
  component(ComponentType.RadioGroup, id, { options, ...more });
export const checkboxes = (id: string, more?: More) =>
  component(ComponentType.CheckboxGroup, id, { options, ...more });
export const checkbox = (id: string, more?: More) => component(ComponentType.Checkbox, id, more);

/** A modal with a label around each of these inputs. */
export function modalOf(...inputs: APIComponentInLabel[]): APIModalInteractionResponseCallbackData {
  return { custom_id: "modal", title: "A modal", components: inputs.map(label) };
}
