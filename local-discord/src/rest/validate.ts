import type { ZodMiniType } from "zod/mini";
import type { z } from "zod/mini";
import type { FieldFault, Wording } from "../errors.ts";
import { invalidForm } from "../errors.ts";

type Issue = z.core.$ZodIssue;

/**
 * Parses a request body with a schema, and drops unknown fields as Discord does.
 * @throws DiscordError 50035 with an error for each invalid field, in Discord's codes and words as far as they are known
 * @see https://discord.com/developers/docs/reference#error-messages
 */
export function validate<T>(schema: ZodMiniType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw invalidForm(faults(result.error.issues, body));
}

function faults(issues: readonly Issue[], body: unknown, above: string[] = []): FieldFault[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path.map(String)];
    const value = issue.path.reduce(field, body);
    if (issue.code === "invalid_union") return faults(intended(issue.errors), value, path);
    const [code, message] = wording(issue, value);
    return [{ path, code, message }];
  });
}

/**
 * Returns the issues of the alternative whose `type` matches; if none does, the one issue that lists all types; or else the
 * issues of the alternative with the fewest.
 */
function intended(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  const types = alternatives.map((issues) => issues.find(isAboutType));
  const [first] = types;
  if (first && types.every((issue) => issue !== undefined)) {
    const values = types.flatMap((issue) => issue.values).toSorted((a, b) => Number(a) - Number(b));
    return [{ ...first, values }];
  }
  const ofThisType = alternatives.filter((issues) => !issues.some(({ path }) => path[0] === "type"));
  const candidates = ofThisType.length > 0 ? ofThisType : alternatives;
  return candidates.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function isAboutType(issue: Issue): issue is Extract<Issue, { code: "invalid_value" }> {
  return issue.code === "invalid_value" && issue.path.length === 1 && issue.path[0] === "type";
}

function field(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function wording(issue: Issue, value: unknown): Wording {
  if (value === undefined) return ["BASE_TYPE_REQUIRED", "This field is required"];
  if (issue.code === "invalid_type") return wrongType(issue.expected, value);
  if (issue.code === "too_big" || issue.code === "too_small") return outOfBounds(issue);
  if (issue.code === "invalid_value") {
    const choices = issue.values.join(", ");
    return [
      "BASE_TYPE_CHOICES",
      `Value of field "${String(issue.path.at(-1))}" must be one of (${choices}).`,
    ];
  }
  if (issue.code === "invalid_format" && issue.format === "url") {
    return ["URL_TYPE_INVALID_URL", "Not a well formed URL."];
  }
  return ["STRING_TYPE_REGEX", "String value did not match validation regex."];
}

function outOfBounds(issue: Extract<Issue, { code: "too_big" | "too_small" }>): Wording {
  const length = issue.origin !== "number" && issue.origin !== "int";
  if (issue.code === "too_big") {
    return length
      ? ["BASE_TYPE_MAX_LENGTH", `Must be ${issue.maximum} or fewer in length.`]
      : ["NUMBER_TYPE_MAX", `Value must be less than or equal to ${issue.maximum}.`];
  }
  return length
    ? ["BASE_TYPE_MIN_LENGTH", `Must be ${issue.minimum} or more in length.`]
    : ["NUMBER_TYPE_MIN", `Value must be greater than or equal to ${issue.minimum}.`];
}

function wrongType(expected: string, value: unknown): Wording {
  const given = JSON.stringify(value);
  if (expected === "string") return ["STRING_TYPE_CONVERT", `Could not interpret "${given}" as string.`];
  if (expected === "array") return ["LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"];
  if (expected === "boolean") return ["BOOLEAN_TYPE_CONVERT", "Must be either true or false."];
  if (expected === "number" || expected === "int")
    return ["NUMBER_TYPE_COERCE", `Value "${given}" is not int.`];
  return ["MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"];
}
