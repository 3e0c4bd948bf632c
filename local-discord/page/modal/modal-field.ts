import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useViewContext } from "../view/view-context.ts";
import { warningIcon } from "../view/icons.ts";
import { CheckboxInput, CheckboxesInput } from "./checkboxes.ts";
import { explainProblem } from "./explain-problem.ts";
import type { Field, FilesField } from "./fields.ts";
import { FileUpload } from "./file-upload.ts";
import { hintOf } from "./hint.ts";
import { limitsOf } from "./limits.ts";
import type { Problem } from "./problems.ts";
import { RadiosInput } from "./radios.ts";
import { SelectInput } from "./select-input.ts";
import { TextInput } from "./text-input.ts";

/** What an input gets: the ids of the elements that name and describe it, and whether it has a problem. */
export interface InputProps<F extends Field> {
  id: string;
  field: F;
  describedBy: string | undefined;
  invalid: boolean;
  onChange: (field: Field) => void;
}

interface Props {
  id: string;
  field: Field;
  problem: Problem | undefined;
  onChange: (field: Field) => void;
  onFiles: (field: FilesField, files: readonly File[]) => void;
}

/** An input with its label, its description and its problem. */
export function ModalField({ id, field, problem, onChange, onFiles }: Props) {
  const { texts } = useViewContext();
  const hint = hintOf(field, texts);
  // The hint of an upload is in its button.
  const hintBelow = field.kind === "files" ? null : hint;
  const describedBy = [
    field.kind !== "checkbox" && field.description !== undefined && `${id}-description`,
    hintBelow !== null && `${id}-hint`,
    problem !== undefined && `${id}-problem`,
  ]
    .filter(Boolean)
    .join(" ");
  const props = {
    id,
    describedBy: describedBy === "" ? undefined : describedBy,
    invalid: problem !== undefined,
    onChange,
  };
  return html`
    <div class="modal-field" data-custom-id=${field.input.custom_id} data-wrong=${problem && ""}>
      ${field.kind !== "checkbox" && html`<${Label} id=${id} field=${field} />`}
      ${inputFor(field, props, { hint: hint?.text, onFiles })}
      ${
        hintBelow &&
        html`<p class=${hintBelow.hidden ? "visually-hidden" : "modal-hint"} id=${`${id}-hint`}>
          ${hintBelow.text}
        </p>`
      }
      <p class="modal-problem" id=${`${id}-problem`} role=${problem?.of === "files" ? "alert" : undefined}>
        ${problem && html`${warningIcon(14)} <span>${explainProblem(problem, field, texts)}</span>`}
      </p>
    </div>
  `;
}

function inputFor(
  field: Field,
  props: Omit<InputProps<Field>, "field">,
  forFiles: { hint: string | undefined; onFiles: Props["onFiles"] },
): ComponentChildren {
  switch (field.kind) {
    case "text":
      return html`<${TextInput} ...${props} field=${field} />`;
    case "select":
      return html`<${SelectInput} ...${props} field=${field} />`;
    case "files":
      return html`<${FileUpload} ...${props} field=${field} ...${forFiles} />`;
    case "radios":
      return html`<${RadiosInput} ...${props} field=${field} />`;
    case "checkboxes":
      return html`<${CheckboxesInput} ...${props} field=${field} />`;
    case "checkbox":
      return html`<${CheckboxInput} ...${props} field=${field} />`;
  }
}

/** The label above an input. A group of inputs, or a list of choices, is named by it with aria-labelledby. */
function Label({ id, field }: { id: string; field: Field }) {
  const content = html`
    ${field.label}
    ${limitsOf(field.input).required && html`<span class="required-star" aria-hidden="true"> *</span>`}
  `;
  const label =
    field.kind === "text"
      ? html`<label class="modal-label" id=${`${id}-label`} for=${id}>${content}</label>`
      : html`<span class="modal-label" id=${`${id}-label`}>${content}</span>`;
  return html`${label}
  ${field.description !== undefined && html`<p class="modal-description" id=${`${id}-description`}>${field.description}</p>`}`;
}
