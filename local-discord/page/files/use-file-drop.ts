import { useEffect, useRef } from "preact/hooks";

/** Takes files that were dropped or pasted, and where that happened. */
type TakeFiles = (files: File[], target: Element | null) => void;

/** Handles files that are dropped or pasted anywhere in the window; none while `onFiles` is null. */
export function useFileDrop(onFiles: TakeFiles | null): void {
  const latest = useRef(onFiles);
  latest.current = onFiles;

  useEffect(() => {
    const ended = new AbortController();
    const take = (event: Event, transfer: DataTransfer | null) => {
      const files = [...(transfer?.files ?? [])];
      if (files.length === 0 || latest.current === null) return;
      event.preventDefault();
      latest.current(files, event.target instanceof Element ? event.target : null);
    };
    const { signal } = ended;
    document.addEventListener("dragover", (event) => event.preventDefault(), { signal });
    document.addEventListener("drop", (event) => take(event, event.dataTransfer), { signal });
    document.addEventListener("paste", (event) => take(event, event.clipboardData), { signal });
    return () => ended.abort();
  }, []);
}
