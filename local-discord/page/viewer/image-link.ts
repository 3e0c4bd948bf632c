import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useMessageScope } from "../components/message-scope.ts";
import { useViewContext } from "../view/view-context.ts";
import { messageImages } from "./message-images.ts";
import { useViewer } from "./viewer.ts";

interface Props {
  url: string | undefined;
  name: string;
  className: string;
  children: ComponentChildren;
}

/** A link around an image that opens the viewer with all images of the message. With Ctrl, ⌘ or Shift it is a normal link. */
export function ImageLink({ url, name, className, children }: Props) {
  const { texts } = useViewContext();
  const { message } = useMessageScope();
  const view = useViewer();
  const onClick = (event: MouseEvent) => {
    if (url === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const images = messageImages(message);
    const first = images.findIndex((image) => image.url === url);
    view(first === -1 ? { images: [{ url, name }], first: 0 } : { images, first });
  };
  return html`
    <a
      class=${className}
      href=${url}
      target="_blank"
      rel="noopener noreferrer"
      aria-haspopup="dialog"
      aria-label=${texts.openImage(name)}
      onClick=${onClick}
      >${children}</a
    >
  `;
}
