import type { APIButtonComponent, APIMessageComponent, APISelectMenuComponent } from "discord-api-types/v10";
import { componentType } from "../discord.ts";

/** A component that people use. */
export type Control = APIButtonComponent | APISelectMenuComponent;

interface Placed {
  control: Control;
  /** The descriptions of the pictures before it, or else the text before it; empty if there is neither. */
  about: string;
}

/** The pictures and texts since the last controls, and whether controls followed them already. */
interface Block {
  pictures: readonly string[];
  text: string;
  closed: boolean;
}

const emptyBlock: Block = { pictures: [], text: "", closed: false };

/**
 * Returns what tells a button apart from others of its message with the same label, and a select menu from others with the same
 * placeholder, for those that need it: the pictures or the text above or beside it, and its place among them if that is the same
 * too.
 * @param place writes a place, as in "2 of 4"
 */
export function tellApart(
  components: readonly APIMessageComponent[],
  place: (number: number, count: number) => string,
): ReadonlyMap<Control, string> {
  const { placed } = walk(components, { placed: [], block: emptyBlock });
  const byName = Map.groupBy(placed, ({ control }) => JSON.stringify(nameOf(control)));
  const alike = [...byName.values()].filter((group) => group.length > 1);
  return new Map(
    alike.flatMap((group) =>
      group.map(({ control, about }, index) => {
        const isUnique = about !== "" && group.filter((other) => other.about === about).length === 1;
        const parts = isUnique ? [about] : [about, place(index + 1, group.length)];
        return [control, parts.filter((part) => part !== "").join(", ")] as const;
      }),
    ),
  );
}

interface Walked {
  placed: readonly Placed[];
  block: Block;
}

function walk(components: readonly APIMessageComponent[], start: Walked): Walked {
  return components.reduce(step, start);
}

function step({ placed, block }: Walked, component: APIMessageComponent): Walked {
  switch (component.type) {
    case componentType.button:
    case componentType.stringSelect:
    case componentType.userSelect:
    case componentType.roleSelect:
    case componentType.mentionableSelect:
    case componentType.channelSelect:
      return {
        placed: [...placed, { control: component, about: aboutOf(block) }],
        block: { ...block, closed: true },
      };
    case componentType.textDisplay:
      return { placed, block: { ...opened(block), text: plainLine(component.content) } };
    case componentType.thumbnail:
      return { placed, block: withPictures(block, [component.description]) };
    case componentType.mediaGallery:
      return {
        placed,
        block: withPictures(
          block,
          component.items.map((item) => item.description),
        ),
      };
    case componentType.section:
      return walk([...component.components, component.accessory], { placed, block });
    case componentType.container:
    case componentType.actionRow:
      return walk(component.components, { placed, block });
    case componentType.file:
    case componentType.separator:
      return { placed, block };
  }
}

function opened(block: Block): Block {
  return block.closed ? emptyBlock : block;
}

function withPictures(block: Block, descriptions: readonly (string | null | undefined)[]): Block {
  const { pictures, ...rest } = opened(block);
  return {
    ...rest,
    pictures: [...pictures, ...descriptions.filter((one) => one !== null && one !== undefined)],
  };
}

function aboutOf({ pictures, text }: Block): string {
  return pictures.length > 0 ? pictures.join(", ") : text;
}

/** Returns the role and name of a control as a screen reader says them. */
function nameOf(control: Control): readonly [role: string, name: string] {
  if (control.type === componentType.button) return ["button", labelOf(control)];
  return ["select", control.placeholder ?? ""];
}

/** Returns the label of a button, or the name of its emoji. */
export function labelOf(button: APIButtonComponent): string {
  if (!("label" in button) && !("emoji" in button)) return "";
  return button.label ?? button.emoji?.name ?? "";
}

/** Returns the last line of a text, without the characters of Markdown. */
function plainLine(text: string): string {
  return (text.trimEnd().split("\n").at(-1) ?? "").replaceAll(/[*_~`|#>]/g, "").trim();
}
