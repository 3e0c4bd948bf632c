/** The `grid-column` of each field, of twelve columns: two inline neighbours take halves, three take thirds. */
export function fieldColumns(fields: readonly { inline?: boolean }[]): string[] {
  return rows(fields).flatMap((row) => {
    const width = 12 / row;
    return Array.from({ length: row }, (_, index) => `${1 + index * width} / span ${width}`);
  });
}

/** How many fields stand in each row. */
function rows(fields: readonly { inline?: boolean }[]): number[] {
  const lengths: number[] = [];
  let open = false;
  for (const { inline } of fields) {
    const last = lengths.at(-1) ?? 0;
    if (inline && open && last < 3) lengths[lengths.length - 1] = last + 1;
    else lengths.push(1);
    open = inline === true;
  }
  return lengths;
}
