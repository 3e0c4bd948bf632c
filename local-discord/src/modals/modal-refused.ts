import { NotAllowedError } from "../users/not-allowed.ts";

/** A person tried to submit a modal with values that Discord's dialog would not send. */
export class ModalRefusedError extends NotAllowedError {
  override name = "ModalRefusedError";
  /** What is wrong with each input, by custom id. */
  readonly errors: Readonly<Record<string, string>>;

  constructor(title: string, errors: Readonly<Record<string, string>>) {
    const list = Object.entries(errors).map(([customId, problem]) => `${customId}: ${problem}`);
    super(`The modal "${title}" cannot be submitted. ${list.join(" ")}`);
    this.errors = errors;
  }
}
