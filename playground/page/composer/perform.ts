import type { Actions } from "../view/actions.ts";
import type { Submission } from "./submit.ts";

export function perform(
  submission: Exclude<Submission, { kind: "nothing" | "problem" }>,
  actions: Actions,
): void {
  if (submission.kind === "message") actions.sendMessage(submission.content);
  else if (submission.kind === "command") actions.sendCommand(submission.command, submission.options);
  else actions.noteUnknownCommand(submission.name);
}
