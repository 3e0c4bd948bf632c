import type { APIMessage, APIMessageComponent } from "discord-api-types/v10";

/** Every component of a message, at any depth: https://discord.com/developers/docs/components/reference */
export function componentsOf(message: Pick<APIMessage, "components">): APIMessageComponent[] {
  return (message.components ?? []).flatMap(withNested);
}

function withNested(component: APIMessageComponent): APIMessageComponent[] {
  const inside: APIMessageComponent[] = [
    ...("components" in component ? component.components : []),
    ...("accessory" in component ? [component.accessory] : []),
  ];
  return [component, ...inside.flatMap(withNested)];
}
