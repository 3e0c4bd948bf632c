import * as fc from "fast-check";

/** Text that has a meaning for parsers, Discord's Markdown, spreadsheets, terminals or JavaScript. */
const LOADED = [
  "@everyone",
  "@here",
  "<@1>",
  "<@&2>",
  "</stats:3>",
  "`",
  "```",
  "||",
  "[a](https://example.com)",
  "\n# ",
  "=1+1",
  '"',
  '""',
  ",",
  ";",
  "\r",
  "\r\n",
  "\0",
  "\u202E",
  "\u2028",
  "\uFEFF",
  "\uD800",
  "🌭",
  "-0",
  "+1",
  "1e30",
  "1e-30",
  "1e999999999",
  "0x10",
  "NaN",
  "Infinity",
  "٣",
  "__proto__",
  "constructor",
  "${1}",
  "../",
  "%2e%2e",
];

/** Any code point, also half of a surrogate pair. The unit "binary" of fast-check spends a second and 190 MB on a table of all of them. */
const codePoint = fc.integer({ min: 0, max: 0x10ffff }).map(
  (code) => String.fromCodePoint(code),
  (text) => {
    const code = typeof text === "string" ? text.codePointAt(0) : undefined;
    if (code === undefined || String.fromCodePoint(code) !== text) throw new Error("not a code point");
    return code;
  },
);

/** Text that a person might send to see what happens, with any code units, including lone surrogates. */
export const typed = ({ longest }: { longest: number }): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.string({ unit: codePoint, maxLength: 20 }),
        fc.string({ unit: "grapheme", maxLength: 20 }),
        fc.constantFrom(...LOADED),
        fc.double().map(String),
        fc.constant(" "),
      ),
      { maxLength: 40 },
    )
    .map((pieces) => pieces.join("").slice(0, longest));

/** Numbers and almost-numbers, so that many of these texts are accepted. */
export const nearlyNumbers = fc
  .array(
    fc.oneof(
      fc.double({ min: 1e-30, max: 1e30, noNaN: true }).map(String),
      fc.integer({ min: -3, max: 1_000 }).map(String),
      fc.stringMatching(/^[+-]?\d{0,35}(\.\d{0,35})?(e[+-]?\d{1,4})?$/),
    ),
    { maxLength: 12 },
  )
  .chain((pieces) => fc.constantFrom(" ", ",", ";", "\t\n", ", ").map((separator) => pieces.join(separator)));
