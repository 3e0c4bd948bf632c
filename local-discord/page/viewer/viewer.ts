import { html } from "htm/preact";
import { createContext, type ComponentChildren } from "preact";
import { useContext, useState } from "preact/hooks";
import { ImageViewer } from "./image-viewer.ts";
import type { Image } from "./message-images.ts";

interface Viewed {
  images: readonly Image[];
  /** Index of the image to start with. */
  first: number;
}

const ViewerContext = createContext<(viewed: Viewed) => void>(() => {});

/** Lets the components inside open images in a viewer over the page. */
export function ViewerProvider({ children }: { children: ComponentChildren }) {
  const [viewed, setViewed] = useState<Viewed | null>(null);
  return html`
    <${ViewerContext.Provider} value=${setViewed}>${children}<//>
    ${viewed && html`<${ImageViewer} ...${viewed} onClose=${() => setViewed(null)} />`}
  `;
}

export function useViewer(): (viewed: Viewed) => void {
  return useContext(ViewerContext);
}
