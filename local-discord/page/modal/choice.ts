import { html } from "htm/preact";
import type { TargetedEvent } from "preact";

interface Props {
  type: "radio" | "checkbox";
  /** Name of the group of radio buttons. */
  name?: string;
  id: string;
  label: string;
  description: string | undefined;
  checked: boolean;
  invalid: boolean;
  describedBy?: string | undefined;
  onCheck: (checked: boolean) => void;
}

/** A radio button or checkbox with its label and description, all of which can be pressed. */
export function Choice({
  type,
  name,
  id,
  label,
  description,
  checked,
  invalid,
  describedBy,
  onCheck,
}: Props) {
  const described = [description !== undefined && `${id}-description`, describedBy].filter(Boolean).join(" ");
  return html`
    <label class="choice">
      <input
        type=${type}
        name=${name}
        id=${id}
        checked=${checked}
        aria-labelledby=${`${id}-label`}
        aria-describedby=${described === "" ? undefined : described}
        aria-invalid=${type === "checkbox" ? invalid : undefined}
        onChange=${({ currentTarget }: TargetedEvent<HTMLInputElement>) => onCheck(currentTarget.checked)}
      />
      <span class="choice-text">
        <span class="choice-label" id=${`${id}-label`}>${label}</span>
        ${description !== undefined && html`<span class="choice-description" id=${`${id}-description`}>${description}</span>`}
      </span>
    </label>
  `;
}
