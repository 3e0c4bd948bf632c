import { html } from "htm/preact";
import type { TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import { acceptAttribute } from "../files/file-types.ts";
import { FileTile } from "../files/file-tile.ts";
import { useViewContext } from "../view/view-context.ts";
import { uploadIcon } from "../view/icons.ts";
import type { FilesField } from "./fields.ts";
import { limitsOf } from "./limits.ts";
import type { InputProps } from "./modal-field.ts";

type Props = InputProps<FilesField> & {
  /** How many files of which types it takes. */
  hint: string;
  onFiles: (field: FilesField, files: readonly File[]) => void;
};

/** A place for files, which are chosen with its button, or dropped or pasted into the dialog. */
export function FileUpload({ id, field, describedBy, hint, onChange, onFiles }: Props) {
  const { texts } = useViewContext();
  const input = useRef<HTMLInputElement>(null);
  const place = useRef<HTMLButtonElement>(null);
  const { max } = limitsOf(field.input);
  const isFull = field.value.length >= max;
  const take = ({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
    onFiles(field, [...(currentTarget.files ?? [])]);
    // Without this, choosing the same file again is no change event.
    currentTarget.value = "";
  };
  const remove = (key: string) => {
    onChange({ ...field, value: field.value.filter((one) => one.key !== key) });
    place.current?.focus();
  };
  return html`
    <div class="file-upload">
      <button
        type="button"
        class="upload-place"
        ref=${place}
        aria-labelledby=${`${id}-label ${id}-place ${id}-hint`}
        aria-describedby=${describedBy}
        aria-disabled=${isFull}
        onClick=${() => !isFull && input.current?.click()}
      >
        ${uploadIcon(24)} <span id=${`${id}-place`}>${texts.modal.dropOrBrowse}</span>${" "}
        <span class="modal-hint" id=${`${id}-hint`}>${hint}</span>
      </button>
      <input
        type="file"
        hidden
        multiple=${max > 1}
        accept=${acceptAttribute(field.input.file_types)}
        ref=${input}
        onChange=${take}
      />
      ${
        field.value.length > 0 &&
        html`<ul class="upload-files" aria-label=${texts.modal.addedFiles(field.label)}>
          ${field.value.map(({ key, file }) => html`<${FileTile} key=${key} file=${file} onRemove=${() => remove(key)} />`)}
        </ul>`
      }
    </div>
  `;
}
