import type { APIMessageComponent } from "discord-api-types/v10";

/** Returns components at any depth, in reading order, each before the ones inside it. */
export function flatten(components: readonly APIMessageComponent[]): readonly APIMessageComponent[] {
  return components.flatMap((one): readonly APIMessageComponent[] => {
    const inside: readonly APIMessageComponent[] = "components" in one ? one.components : [];
    return [one, ...flatten(inside), ...("accessory" in one ? [one.accessory] : [])];
  });
}
