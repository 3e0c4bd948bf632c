import { useEffect, useRef, useState } from "preact/hooks";
import { filesIn, hasFiles } from "./transfer.ts";

/** Takes files that are dropped or pasted anywhere in the window, and says while some are being dragged over it. */
export function useFileDrop(onFiles: (files: File[], target: EventTarget | null) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;

  useEffect(() => {
    const ended = new AbortController();
    const listen = <Kind extends "dragenter" | "dragover" | "dragleave" | "drop">(
      kind: Kind,
      act: (event: DocumentEventMap[Kind]) => void,
    ) => {
      const heard = (event: DocumentEventMap[Kind]) => hasFiles(event.dataTransfer) && act(event);
      document.addEventListener(kind, heard, { signal: ended.signal });
    };
    const enter = (event: DragEvent) => {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      setOver(true);
    };
    listen("dragenter", enter);
    listen("dragover", enter);
    // Nothing is entered instead when the pointer leaves the window.
    listen("dragleave", ({ relatedTarget }) => relatedTarget === null && setOver(false));
    listen("drop", (event) => {
      event.preventDefault();
      setOver(false);
      latest.current(filesIn(event.dataTransfer), event.target);
    });
    const paste = (event: ClipboardEvent) => {
      const files = filesIn(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      latest.current(files, null);
    };
    document.addEventListener("paste", paste, { signal: ended.signal });
    return () => ended.abort();
  }, []);
  return over;
}
