const QUOTE = Buffer.from('"');
/** As some editors begin a file. */
const BYTE_ORDER_MARK = Buffer.from("\uFEFF");
const ENDS_OF_FIELDS = Buffer.from(",;\t\r\n");

/**
 * Whether a part is sealed, so that no row is appended to it. The seal is a pair of quotes around the first field of its
 * header, `"id"`: a reader of CSV sees the same table, where an empty line or a mark at the end would be one more row to
 * some. Somebody's editor may set or break it; either does no harm.
 */
export function isSealed(part: Buffer): boolean {
  return part.at(startOf(part)) === QUOTE.at(0);
}

/** The part with a seal. It is like no part that was ever appended to, so no write that was meant for one of those fits. */
export function sealed(part: Buffer): Buffer {
  if (isSealed(part)) return part;
  const start = startOf(part);
  const length = part.subarray(start).findIndex((byte) => ENDS_OF_FIELDS.includes(byte));
  const end = length === -1 ? part.length : start + length;
  return Buffer.concat([
    part.subarray(0, start),
    QUOTE,
    part.subarray(start, end),
    QUOTE,
    part.subarray(end),
  ]);
}

/** The part as it was before it was sealed, so that whoever knows its beginning knows it again. */
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
