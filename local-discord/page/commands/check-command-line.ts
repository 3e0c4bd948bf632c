import type { APIUser } from "discord-api-types/v10";
import type { ClientChannel, ClientCommandInteraction, ClientRole } from "../../src/client-protocol.ts";
import { optionType } from "../discord.ts";
import { accepts, assign, fileTypesOf, type Attached } from "../files/attached.ts";
import type { Language } from "../texts/language.ts";
import type { CommandLine, Option } from "./command-line.ts";
import type { Invocable } from "./invocables.ts";
import { readOption, type SuggestedChoices } from "./autocompletion.ts";
import type { Expected } from "./read-value.ts";

export type CommandOptions = ClientCommandInteraction["data"]["options"];

/** The reason why a command line cannot be sent. */
export type Problem =
  | { kind: "missing"; option: Option }
  | { kind: "invalid"; option: Option; expected: Expected }
  | { kind: "missingFile"; option: Option }
  /** There are more files than the command has attachment options. */
  | { kind: "tooManyFiles"; invocable: Invocable; limit: number }
  | { kind: "stray"; text: string; option: Option | undefined };

type Checked =
  | { ok: true; options: CommandOptions; files: readonly File[] }
  | { ok: false; problem: Problem };

/** The people, roles and channels that a value can name. */
export interface Directory {
  readonly language: Language;
  readonly users: readonly APIUser[];
  readonly roles: readonly Pick<ClientRole, "id" | "name">[];
  readonly channels: readonly Pick<ClientChannel, "id" | "name" | "type">[];
  /** The choices that bots have suggested for options with autocompletion. */
  readonly suggested?: SuggestedChoices;
}

/** Returns the options and files as Discord's client would send them, in the order of the command; or the first problem. */
export function checkCommandLine(
  line: CommandLine,
  directory: Directory,
  attached: readonly Attached[],
): Checked {
  if (line.stray !== "") return refuse({ kind: "stray", text: line.stray, option: line.options[0] });
  const { slots, given, left } = assign(line.options, attached);
  const { invocable } = line;
  if (left.length > 0) return refuse({ kind: "tooManyFiles", invocable, limit: slots.length });
  const options: CommandOptions = [];
  const files: File[] = [];
  for (const option of line.options) {
    const typed = line.values.find((value) => value.option === option)?.text ?? "";
    const file = given.get(option)?.file;
    if (file !== undefined && !accepts(option, file)) {
      const types = fileTypesOf(option) ?? [];
      return refuse({ kind: "invalid", option, expected: { kind: "fileTypes", types } });
    } else if (file !== undefined) {
      options.push({ name: option.name, type: option.type, value: String(files.push(file) - 1) });
    } else if (typed !== "") {
      const read = readOption(invocable, option, typed, directory);
      if ("expected" in read) return refuse({ kind: "invalid", option, expected: read.expected });
      options.push({ name: option.name, type: option.type, value: read.value });
    } else if (option.required) {
      return refuse({ kind: option.type === optionType.attachment ? "missingFile" : "missing", option });
    }
  }
  return { ok: true, options, files };
}

function refuse(problem: Problem): Checked {
  return { ok: false, problem };
}
