import { html } from "htm/preact";
import type { RefObject, TargetedEvent } from "preact";
import { useViewContext } from "../view/view-context.ts";
import { plusIcon } from "../view/icons.ts";

interface Props {
  input: RefObject<HTMLInputElement | null>;
  onFiles: (files: File[]) => void;
  onPress: () => void;
}

/** The button beside the text, and the browser's file input that it opens. */
export function FileInput({ input, onFiles, onPress }: Props) {
  const { texts } = useViewContext();
  const onChange = ({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
    onFiles([...(currentTarget.files ?? [])]);
    // Without this, choosing the same file again is no change event.
    currentTarget.value = "";
  };
  return html`
    <button
      type="button"
      class="icon-button attach"
      aria-label=${texts.attachFiles}
      title=${texts.attachFiles}
      onClick=${onPress}
    >
      ${plusIcon()}
    </button>
    <input type="file" multiple hidden ref=${input} onChange=${onChange} />
  `;
}
