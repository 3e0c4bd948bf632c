const QUOTE = Buffer.from('"');
/** Some editors write it at the start of a file. */
const BYTE_ORDER_MARK = Buffer.from("\uFEFF");
const FIELD_ENDS = Buffer.from(",;\t\r\n");

/**
 * Whether a part is sealed and so gets no more rows. The seal is a pair of quotes around the first field of the header,
 * `"id"`. CSV readers see the same table; an empty line or a mark at the end would be an extra row to some of them. An editor
 * may add or remove the quotes, which does no harm.
 */
export function isSealed(part: Buffer): boolean {
  return part.at(startOf(part)) === QUOTE.at(0);
}

/** Adds the seal. The result differs from every version of the part that rows were appended to (I13). */
export function sealed(part: Buffer): Buffer {
  if (isSealed(part)) return part;
  const start = startOf(part);
  const length = part.subarray(start).findIndex((byte) => FIELD_ENDS.includes(byte));
  const end = length === -1 ? part.length : start + length;
  return Buffer.concat([
    part.subarray(0, start),
    QUOTE,
    part.subarray(start, end),
    QUOTE,
    part.subarray(end),
  ]);
}

/** Removes the seal, so that a reader who knows the beginning of the part recognizes it. */
export function unsealed(part: Buffer): Buffer {
  if (!isSealed(part)) return part;
  const start = startOf(part);
  const end = part.indexOf(QUOTE, start + 1);
  if (end === -1) return part;
  return Buffer.concat([part.subarray(0, start), part.subarray(start + 1, end), part.subarray(end + 1)]);
}

function startOf(part: Buffer): number {
  const marked = part.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return marked ? BYTE_ORDER_MARK.length : 0;
}
