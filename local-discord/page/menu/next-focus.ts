/** Returns the item to which a key moves the focus in a menu, which wraps around; null if the key does not move it. */
export function nextFocus<Item>(key: string, items: readonly Item[], focused: unknown): Item | null {
  const at = items.findIndex((item) => item === focused);
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at === -1 ? -1 : at - 1,
    Home: 0,
    End: -1,
  };
  const step = steps[key];
  return step === undefined ? null : (items.at(step % items.length) ?? null);
}
