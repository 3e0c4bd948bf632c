import { useEffect, useState } from "preact/hooks";

/** Whether that moment has passed; renders again when it does. */
export function useHasPassed(moment: number): boolean {
  const [, setPassed] = useState(false);
  const left = moment - Date.now();
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setPassed(true), left);
    return () => clearTimeout(timer);
  }, [moment]);
  return left <= 0;
}
