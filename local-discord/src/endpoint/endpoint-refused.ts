/** An interactions endpoint that cannot be set. */
export class EndpointRefusedError extends Error {
  /** Discord's code for the field. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "EndpointRefusedError";
    this.code = code;
  }
}
