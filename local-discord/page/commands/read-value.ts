import { optionType } from "../discord.ts";
import type { Directory } from "./check-command-line.ts";
import { choicesOf, type Choice } from "./choices.ts";
import type { Option } from "./command-line.ts";

/** What an option accepts: a key of the texts, with a limit or the types of files for some keys. */
export type Expected =
  | { kind: Kind }
  | { kind: Limit; limit: number }
  | { kind: "fileTypes"; types: readonly string[] };

type Kind =
  | "integer"
  | "number"
  | "boolean"
  | "user"
  | "role"
  | "mentionable"
  | "channel"
  | "choice"
  | "file";
type Limit = "atLeast" | "atMost" | "longer" | "shorter";

type Read = { value: string | number | boolean } | { expected: Expected };

export function readValue(option: Option, text: string, directory: Directory): Read {
  const choices = choicesOf(option, directory);
  if (choices !== null) return readChoice(option, text, choices);
  if (option.type === optionType.integer) {
    return /^[+-]?\d+$/.test(text) ? inRange(option, Number(text)) : expected("integer");
  }
  if (option.type === optionType.number) {
    return /\d/.test(text) && Number.isFinite(Number(text))
      ? inRange(option, Number(text))
      : expected("number");
  }
  if (option.type === optionType.attachment) return expected("file");
  return option.type === optionType.string ? inLength(option, text) : { value: idIn(text) ?? text };
}

function readChoice(option: Option, text: string, choices: readonly Choice[]): Read {
  const id = idIn(text);
  const sought = text.replace(/^[@#]/, "").toLowerCase();
  const chosen = choices.find(
    ({ names, value }) => value === id || names.some((name) => name.toLowerCase() === sought),
  );
  if (chosen !== undefined) return { value: chosen.value };
  return expected(namedKinds.get(option.type) ?? "choice");
}

const namedKinds = new Map<number, Kind>([
  [optionType.boolean, "boolean"],
  [optionType.user, "user"],
  [optionType.role, "role"],
  [optionType.mentionable, "mentionable"],
  [optionType.channel, "channel"],
]);

/** Returns the id in `<@1>`, `<@&1>`, `<#1>` or a bare id; null for other texts. */
function idIn(text: string): string | null {
  return /^(?:<(?:@[!&]?|#)(\d+)>|(\d{15,20}))$/.exec(text)?.slice(1).find(Boolean) ?? null;
}

function inRange(option: { min_value?: number; max_value?: number }, value: number): Read {
  if (option.min_value !== undefined && value < option.min_value) return limited("atLeast", option.min_value);
  if (option.max_value !== undefined && value > option.max_value) return limited("atMost", option.max_value);
  return { value };
}

function inLength(option: { min_length?: number; max_length?: number }, value: string): Read {
  if (value.length < (option.min_length ?? 0)) return limited("longer", option.min_length ?? 0);
  // 6,000 characters is Discord's default limit of a string option.
  if (value.length > (option.max_length ?? 6000)) return limited("shorter", option.max_length ?? 6000);
  return { value };
}

function expected(kind: Kind): Read {
  return { expected: { kind } };
}

function limited(kind: Limit, limit: number): Read {
  return { expected: { kind, limit } };
}
