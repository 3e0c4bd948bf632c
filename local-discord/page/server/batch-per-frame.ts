/** About the length of a frame. A timer is used because hidden windows get no animation frames. */
const FRAME_MS = 16;

/** Collects what arrives within one frame and hands it on at once, so that a thousand events do not render a thousand times. */
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
    /** Drops what has not been handed on yet. */
    end() {
      clearTimeout(timer);
      waiting.length = 0;
    },
  };
}
