import { html } from "htm/preact";
import type { Option } from "../commands/command-line.ts";
import { localDescription, localName } from "../commands/localize.ts";
import { useViewContext } from "../view/view-context.ts";
import { uploadIcon } from "../view/icons.ts";
import { fileTypesOf, type Assignment, type Attached } from "./attached.ts";
import { fileTypeNames } from "./file-type-names.ts";
import { FileTile } from "./file-tile.ts";

interface Props {
  /** Which file belongs to which attachment option. For a message, it has files but no options. */
  assignment: Assignment;
  onChoose: (option: string) => void;
  onRemove: (key: string) => void;
}

/** The files to be sent, above the text. A command also shows a slot for the next free attachment option. */
export function AttachedFiles({ assignment, onChoose, onRemove }: Props) {
  const { texts } = useViewContext();
  const { slots, given, left } = assignment;
  const free = slots.filter((option) => !given.has(option));
  const offered = free.filter((option, index) => index === 0 || option.required);
  if (given.size + left.length + offered.length === 0) return null;
  const tile = ({ key, file }: Attached, option?: Option) => html`
    <${FileTile} key=${key} file=${file} onRemove=${() => onRemove(key)}>
      ${option && html`<${OptionLabel} option=${option} />`}
    <//>
  `;
  return html`
    <ul class="attached-files" aria-label=${texts.attachedFiles}>
      ${slots.map((option) => {
        const attached = given.get(option);
        if (attached !== undefined) return tile(attached, option);
        return (
          offered.includes(option) &&
          html`<${Slot} key=${option.name} option=${option} onChoose=${onChoose} />`
        );
      })}
      ${left.map((attached) => tile(attached))}
    </ul>
  `;
}

/** A slot for an attachment option without a file. */
function Slot({ option, onChoose }: { option: Option; onChoose: (option: string) => void }) {
  const { texts, language } = useViewContext();
  const types = fileTypesOf(option);
  return html`
    <li>
      <button
        type="button"
        class="file-slot"
        title=${localDescription(option, language)}
        onClick=${() => onChoose(option.name)}
      >
        ${uploadIcon(28)}
        <span class="visually-hidden">${texts.chooseFileFor(localName(option, language))}</span>
        <span class="slot-hint">
          ${types === undefined ? texts.chooseOrDrop : texts.filesOf(fileTypeNames(types, texts))}
        </span>
        <${OptionLabel} option=${option} />
      </button>
    </li>
  `;
}

function OptionLabel({ option }: { option: Option }) {
  const { texts, language } = useViewContext();
  return html`<span class="tile-option">
    <span class="option-name">${localName(option, language)}</span>${" "}
    <span class=${option.required ? "required-mark" : "optional-mark"}>
      ${option.required ? texts.required : texts.optional}
    </span>
  </span>`;
}
