import type { APIMessage, APIMessageComponent } from "discord-api-types/v10";

/** A component and its path in the request body, as errors name it. */
export interface LocatedComponent {
  component: APIMessageComponent;
  path: string[];
}

/** Returns every component of a message, at any depth. */
export function componentsOf(message: Pick<APIMessage, "components">): APIMessageComponent[] {
  return locateComponents(message).map(({ component }) => component);
}

/** Returns every component of a message, at any depth, with its path. */
export function locateComponents({ components = [] }: Pick<APIMessage, "components">): LocatedComponent[] {
  return locateIn(components, ["components"]);
}

function locateIn(components: APIMessageComponent[], path: string[]): LocatedComponent[] {
  return components.flatMap((component, index) => withNested(component, [...path, String(index)]));
}

function withNested(component: APIMessageComponent, path: string[]): LocatedComponent[] {
  return [
    { component, path },
    ...("components" in component ? locateIn(component.components, [...path, "components"]) : []),
    ...("accessory" in component ? withNested(component.accessory, [...path, "accessory"]) : []),
  ];
}
