import type { APIApplicationCommand } from "discord-api-types/v10";
import {
  checkCommandLine,
  type CommandOptions,
  type Directory,
  type Problem,
} from "../commands/check-command-line.ts";
import { commandWord, readCommandLine } from "../commands/command-line.ts";
import { slashCommandsOf } from "../commands/invocables.ts";
import type { Invocable } from "../commands/invocables.ts";
import { isCalled } from "../commands/localize.ts";
import type { Attached } from "../files/attached.ts";

/** What Enter does with a text. */
export type Submission =
  | { kind: "nothing" }
  | { kind: "message"; content: string; files: readonly File[] }
  | { kind: "command"; invocable: Invocable; options: CommandOptions; files: readonly File[] }
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
  // "/" alone, and a path such as /tmp/x, are messages.
  if (name === null || name === "" || content[name.length + 1] === "/") {
    return {
      kind: "message",
      content: withMentions(content, directory),
      files: attached.map(({ file }) => file),
    };
  }
  const line = readCommandLine(content, commands, directory.language);
  if (line === null) return { kind: "unknownCommand", name: unknownName(content, name, commands, directory) };
  const checked = checkCommandLine(line, directory, attached);
  return checked.ok
    ? { kind: "command", invocable: line.invocable, options: checked.options, files: checked.files }
    : { kind: "problem", problem: checked.problem };
}

/** Returns the unknown name: the first word, or all of them if a command of that name has subcommands. */
function unknownName(
  content: string,
  word: string,
  commands: readonly APIApplicationCommand[],
  { language }: Pick<Directory, "language">,
): string {
  const group = slashCommandsOf(commands).some(
    ({ command, path }) => path.length > 0 && isCalled(command, word, language),
  );
  return group ? content.slice(1) : word;
}

/** Replaces each `@name` of a person by `<@id>`, as Discord's client does. */
function withMentions(text: string, { users }: Pick<Directory, "users">): string {
  return text.replaceAll(/(?<![\w<])@([\w.-]+)/g, (typed, name: string) => {
    // A full stop may belong to the sentence and not to the name.
    const words = new Set([name, name.replace(/[.-]+$/, "")].map((word) => word.toLowerCase()));
    const user = users.find(({ username }) => words.has(username.toLowerCase()));
    return user === undefined ? typed : `<@${user.id}>${name.slice(user.username.length)}`;
  });
}
