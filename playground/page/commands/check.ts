import type { APIUser } from "discord-api-types/v10";
import type { ClientChannel, ClientCommandInteraction } from "../../client-protocol.ts";
import { optionType } from "../discord.ts";
import type { Language } from "../texts/language.ts";
import type { CommandLine, Option } from "./command-line.ts";
import { readValue, type Expected } from "./read-value.ts";

export type CommandOptions = ClientCommandInteraction["data"]["options"];

/** Why a command line cannot be sent. */
export type Problem =
  | { kind: "missing"; option: Option }
  | { kind: "invalid"; option: Option; expected: Expected }
  | { kind: "attachment"; option: Option }
  | { kind: "stray"; text: string; option: Option | undefined };

export type Checked = { ok: true; options: CommandOptions } | { ok: false; problem: Problem };

/** Who and what a value can name. */
export interface Directory {
  readonly language: Language;
  readonly users: readonly APIUser[];
  readonly channels: readonly ClientChannel[];
}

/** The options as Discord's client would send them, in the command's own order. */
export function check(line: CommandLine, directory: Directory): Checked {
  if (line.stray !== "") return refuse({ kind: "stray", text: line.stray, option: line.options[0] });
  const options: CommandOptions = [];
  for (const option of line.options) {
    const typed = line.values.find((value) => value.option === option);
    if (typed === undefined || typed.text === "") {
      if (option.required) return refuse(missing(option));
      continue;
    }
    if (option.type === optionType.attachment) return refuse({ kind: "attachment", option });
    const read = readValue(option, typed.text, directory);
    if ("expected" in read) return refuse({ kind: "invalid", option, expected: read.expected });
    options.push({ name: option.name, type: option.type, value: read.value });
  }
  return { ok: true, options };
}

function missing(option: Option): Problem {
  return { kind: option.type === optionType.attachment ? "attachment" : "missing", option };
}

function refuse(problem: Problem): Checked {
  return { ok: false, problem };
}
