import type { APIApplicationCommand } from "discord-api-types/v10";
import { check, type CommandOptions, type Directory, type Problem } from "../commands/check.ts";
import { commandWord, readCommandLine } from "../commands/command-line.ts";
import type { Attached } from "../files/attached.ts";
import { withMentions } from "./mentions.ts";

/** What Enter means for a text. */
export type Submission =
  | { kind: "nothing" }
  | { kind: "message"; content: string; files: readonly File[] }
  | { kind: "command"; command: APIApplicationCommand; options: CommandOptions; files: readonly File[] }
  | { kind: "unknownCommand"; name: string }
  | { kind: "problem"; problem: Problem };

export function submissionOf(
  text: string,
  commands: readonly APIApplicationCommand[],
  directory: Directory,
  attached: readonly Attached[] = [],
): Submission {
  const content = text.trim();
  if (content === "" && attached.length === 0) return { kind: "nothing" };
  const name = commandWord(content);
  // "/" alone, or a path such as /tmp/x, is no command.
  if (name === null || name === "" || content[name.length + 1] === "/") {
    return {
      kind: "message",
      content: withMentions(content, directory),
      files: attached.map(({ file }) => file),
    };
  }
  const line = readCommandLine(content, commands, directory.language);
  if (line === null) return { kind: "unknownCommand", name };
  const checked = check(line, directory, attached);
  return checked.ok
    ? { kind: "command", command: line.command, options: checked.options, files: checked.files }
    : { kind: "problem", problem: checked.problem };
}
