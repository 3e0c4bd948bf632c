import type {
  APIComponentInLabel,
  APIModalInteractionResponseCallbackComponent,
  APIModalInteractionResponseCallbackData,
} from "discord-api-types/v10";
import { ComponentType } from "discord-api-types/v10";

/** A component of a modal that the person fills in. */
export type ModalInput = APIComponentInLabel;

/** A component of a modal, at any depth. */
export type ModalComponent = APIModalInteractionResponseCallbackComponent | ModalInput;

export interface Located<T> {
  component: T;
  /** Path in the data of the interaction callback, as errors name it. */
  path: string[];
}

type Components = Pick<APIModalInteractionResponseCallbackData, "components">;

/** Returns every component of a modal with its path, each before the ones inside it. */
export function locateAll({ components }: Components): Located<ModalComponent>[] {
  return components.flatMap((component, index) => {
    const path = ["components", String(index)];
    return [{ component, path }, ...inside(component, path)];
  });
}

/** Returns the inputs of a modal with their paths, in the order in which the modal shows them. */
export function locateInputs({ components }: Components): Located<ModalInput>[] {
  return components.flatMap((component, index) => inside(component, ["components", String(index)]));
}

function inside(
  component: APIModalInteractionResponseCallbackComponent,
  path: readonly string[],
): Located<ModalInput>[] {
  switch (component.type) {
    case ComponentType.Label:
      return [{ component: component.component, path: [...path, "component"] }];
    case ComponentType.ActionRow:
      return component.components.map((input, index) => ({
        component: input,
        path: [...path, "components", String(index)],
      }));
    case ComponentType.TextDisplay:
      return [];
  }
}
