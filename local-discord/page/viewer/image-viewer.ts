import { html } from "htm/preact";
import type { TargetedMouseEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useViewContext } from "../view/view-context.ts";
import { closeIcon, nextIcon } from "../view/icons.ts";
import type { Image } from "./message-images.ts";

interface Props {
  images: readonly Image[];
  first: number;
  onClose: () => void;
}

/** Shows the images of a message one at a time, in a dialog element, which handles focus and Escape. */
export function ImageViewer({ images, first, onClose }: Props) {
  const { texts } = useViewContext();
  const dialog = useRef<HTMLDialogElement>(null);
  const [index, setIndex] = useState(first);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const image = images[index];
  const step = (by: number) => setIndex((index + by + images.length) % images.length);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === "ArrowLeft") step(-1);
    if (key === "ArrowRight") step(1);
  };
  return html`
    <dialog
      class="viewer"
      aria-label=${texts.imageViewer}
      ref=${dialog}
      onClose=${onClose}
      onClick=${closeOutside}
      onKeyDown=${onKeyDown}
    >
      <img key=${image?.url} src=${image?.url} alt=${image?.name} />
      <p class="viewer-foot">
        <span role="status">
          ${image?.name} ${images.length > 1 && html`<b>${texts.place(index + 1, images.length)}</b>`}
        </span>
        <a href=${image?.url} target="_blank" rel="noopener noreferrer">${texts.openInBrowser}</a>
      </p>
      <${ViewerButton}
        name=${texts.close}
        className="close"
        onPress=${() => dialog.current?.close()}
        icon=${closeIcon()}
      />
      ${
        images.length > 1 &&
        html`
          <${ViewerButton}
            name=${texts.previous}
            className="previous"
            onPress=${() => step(-1)}
            icon=${nextIcon()}
          />
          <${ViewerButton} name=${texts.next} className="next" onPress=${() => step(1)} icon=${nextIcon()} />
        `
      }
    </dialog>
  `;
}

function ViewerButton({
  name,
  className,
  onPress,
  icon,
}: {
  name: string;
  className: string;
  onPress: () => void;
  icon: unknown;
}) {
  return html`
    <button
      type="button"
      class=${`viewer-button ${className}`}
      aria-label=${name}
      title=${name}
      onClick=${onPress}
    >
      ${icon}
    </button>
  `;
}

/** Closes the dialog on a click beside the image. */
function closeOutside({ target, currentTarget }: TargetedMouseEvent<HTMLDialogElement>): void {
  if (target === currentTarget) currentTarget.close();
}
