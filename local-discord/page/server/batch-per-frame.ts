/** About a FRAME_MS, in milliseconds. Animation frames themselves do not come in a window that is out of sight. */
const FRAME_MS = 16;

/** Hands on what comes within one FRAME_MS at once, so that a thousand events are not a thousand drawings. */
export function batchPerFrame<T>(take: (one: T) => void) {
  const waiting: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    for (const one of waiting.splice(0)) take(one);
  };
  return {
    add(one: T) {
      if (waiting.push(one) === 1) timer = setTimeout(flush, FRAME_MS);
    },
    flush,
    /** What still waits is forgotten. */
    end() {
      clearTimeout(timer);
      waiting.length = 0;
    },
  };
}
