/** Makes text and log fields safe to show: without secrets, and without characters that trick a terminal. */

/** Control and format characters, which could move the cursor or reverse the direction of text, and line separators. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Escapes text from others, such as the name of a file, so that it stays one harmless line on a terminal. */
export function printable(text: string): string {
  return text.replace(HARMFUL, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** Escapes each line of a text from others, and keeps the line breaks. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

const REDACTED = "[redacted]";

const SECRETS = [
  // Tokens of webhooks and interactions in URLs of Discord's API.
  /(?<=\/(?:webhooks|interactions)\/\d+\/)[^/?"\\\s]+/g,
  // Tokens of interactions, which all begin alike, elsewhere.
  /aW50ZXJhY3Rpb246[\w.~=%-]+/g,
  // Bot tokens.
  /[\w-]{18,}\.[\w-]{6}\.[\w-]{27,}/g,
];

/** Names of fields whose values are never shown. */
const SECRET_FIELD = /token|secret|password|authorization|cookie/i;

/** Fields of errors that are logged, because they help to find the cause. */
const ERROR_FIELDS = ["code", "status", "method", "url"];

/** Maximum number of objects in one log line. A larger value was not meant to be logged. */
const MAX_VALUES = 1_000;

/** Replaces the tokens in a text with [redacted]. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((rest, secret) => rest.replace(secret, REDACTED), text);
}

/**
 * Copies the fields of a log line without secrets at any depth, and reduces errors to what helps to find their cause: those of
 * Discord's client hold the whole request, images included. Does not change strings, which are left to `withoutSecrets`.
 */
export function redactFields(fields: object): Record<string, unknown> {
  const ancestors = new Set<unknown>();
  let valuesLeft = MAX_VALUES;

  function fieldsOf(value: object): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [name, SECRET_FIELD.test(name) ? REDACTED : shown(field)]),
    );
  }

  function described(error: Error): object {
    const { name, message, stack, cause } = error;
    const extra = Object.fromEntries(
      ERROR_FIELDS.flatMap((field) => (field in error ? [[field, shown(Reflect.get(error, field))]] : [])),
    );
    const errors = error instanceof AggregateError ? { errors: shown(error.errors) } : {};
    return { type: name, message, ...extra, stack, cause: shown(cause), ...errors };
  }

  function shown(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    valuesLeft -= 1;
    if (valuesLeft < 0) return "[more]";
    if (ancestors.has(value)) return "[circular]";
    ancestors.add(value);
    try {
      if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
      if (Array.isArray(value)) return value.map(shown);
      if (value instanceof Error) return described(value);
      if ("toJSON" in value && typeof value.toJSON === "function") return shown(value.toJSON());
      return fieldsOf(value);
    } catch {
      return "[unreadable]";
    } finally {
      ancestors.delete(value);
    }
  }

  return fieldsOf(fields);
}
