import { useEffect, useState } from "preact/hooks";

/** A moment of the present day; a new one, and with it a new rendering, after midnight. */
export function useToday(): number {
  const [today, setToday] = useState(() => Date.now());
  useEffect(() => {
    const midnight = new Date(today).setHours(24, 0, 0, 0);
    const timer = setTimeout(() => setToday(Date.now()), midnight - Date.now() + 1000);
    return () => clearTimeout(timer);
  }, [today]);
  return today;
}
