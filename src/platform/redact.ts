const REDACTED = "[redacted]";

/** Tokens of interactions, which begin alike and stand in the addresses of Discord's API, and bot tokens. */
const SECRETS = [
  /(?<=\/(?:webhooks|interactions)\/\d+\/)[^/?"\\\s]+/g,
  /aW50ZXJhY3Rpb246[\w.~=%-]+/g,
  /[\w-]{18,}\.[\w-]{6}\.[\w-]{27,}/g,
];

/** Fields whose values are nobody's business, whatever they are. */
const SECRET_FIELD = /token|secret|password|authorization|cookie/i;

/** Fields of errors that help to find a cause. */
const ERROR_FIELDS = ["code", "status", "method", "url"];

/** Values of one line; what is larger was not meant to be logged. */
const MAX_VALUES = 1_000;

/** Text as it may be shown. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((rest, secret) => rest.replace(secret, REDACTED), text);
}

/**
 * The fields of a log line as they may be shown: without secrets, however deep they stand, and of errors what helps to find a
 * cause. Those of Discord's client also hold the whole request, pictures included. Text is for `withoutSecrets` to look at.
 */
export function redactFields(fields: object): Record<string, unknown> {
  const above = new Set<unknown>();
  let left = MAX_VALUES;

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

  function shownObject(value: object): unknown {
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value)) return value.map(shown);
    if (value instanceof Error) return described(value);
    if ("toJSON" in value && typeof value.toJSON === "function") return shown(value.toJSON());
    return fieldsOf(value);
  }

  function shown(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    left -= 1;
    if (left < 0) return "[more]";
    if (above.has(value)) return "[circular]";
    above.add(value);
    try {
      return shownObject(value);
    } catch {
      return "[unreadable]";
    } finally {
      above.delete(value);
    }
  }

  return fieldsOf(fields);
}
