/** The least and the largest number of values. */
export interface Bounds {
  least: number;
  most: number;
}

/**
 * Returns the values after an entry is chosen, or chosen again, which removes it. Returns null if that changes nothing: the
 * selection is full, or a single choice cannot be removed.
 */
export function toggled(
  values: readonly string[],
  value: string,
  { least, most }: Bounds,
): readonly string[] | null {
  const others = values.filter((one) => one !== value);
  const chosen = others.length < values.length;
  if (most === 1) return chosen ? (least === 0 ? [] : null) : [value];
  if (chosen) return others;
  return values.length < most ? [...values, value] : null;
}
