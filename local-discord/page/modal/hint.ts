import type { Texts } from "../texts/en.ts";
import { fileTypes } from "./explain-problem.ts";
import type { Field } from "./fields.ts";
import { limitsOf } from "./limits.ts";

interface Hint {
  text: string;
  /** Whether only screen readers get it, because the input shows it in another way. */
  hidden: boolean;
}

/** Returns what an input says about its limits; null if there is nothing to say. */
export function hintOf(field: Field, texts: Texts): Hint | null {
  const { modal } = texts;
  const { required, min, max } = limitsOf(field.input);
  const least = required ? min : 0;
  switch (field.kind) {
    case "text":
      return { text: modal.characters(min, max), hidden: true };
    case "files": {
      const types = fileTypes(field.input.file_types, texts);
      const count = modal.files(least, max);
      return { text: types === "" ? count : `${count} · ${types}`, hidden: false };
    }
    case "checkboxes": {
      const isFree = least <= 1 && max === field.input.options.length;
      return isFree ? null : { text: modal.choices(least, max), hidden: false };
    }
    case "select":
      return max === 1 ? null : { text: modal.choices(least, max), hidden: false };
    case "radios":
    case "checkbox":
      return null;
  }
}
