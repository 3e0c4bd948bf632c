import type { Actions } from "../view/actions.ts";
import type { Submission } from "./submit.ts";

export function perform(
  submission: Exclude<Submission, { kind: "nothing" | "problem" }>,
  actions: Actions,
): void {
  if (submission.kind === "message") actions.sendMessage(submission.content, submission.files);
  else if (submission.kind === "unknownCommand") {
    actions.note({ of: "unknownCommand", commandName: submission.name });
  } else actions.sendCommand(submission.command, submission.options, submission.files);
}
