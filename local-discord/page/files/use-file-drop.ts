import { useEffect, useRef } from "preact/hooks";

/** Handles files that are dropped or pasted anywhere in the window. */
export function useFileDrop(onFiles: (files: File[]) => void): void {
  const latest = useRef(onFiles);
  latest.current = onFiles;

  useEffect(() => {
    const ended = new AbortController();
    const take = (event: Event, transfer: DataTransfer | null) => {
      const files = [...(transfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      latest.current(files);
    };
    const { signal } = ended;
    document.addEventListener("dragover", (event) => event.preventDefault(), { signal });
    document.addEventListener("drop", (event) => take(event, event.dataTransfer), { signal });
    document.addEventListener("paste", (event) => take(event, event.clipboardData), { signal });
    return () => ended.abort();
  }, []);
}
