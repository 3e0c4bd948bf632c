import type { APIMessage, APIMessageComponent } from "discord-api-types/v10";

/** A component and the way to it, as the errors of a request body name it. */
export interface LocatedComponent {
  component: APIMessageComponent;
  path: string[];
}

/** Every component of a message, at any depth: https://discord.com/developers/docs/components/reference */
export function componentsOf(message: Pick<APIMessage, "components">): APIMessageComponent[] {
  return locateComponents(message).map(({ component }) => component);
}

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
