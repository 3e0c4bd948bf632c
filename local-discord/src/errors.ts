import type { ContentfulStatusCode } from "hono/utils/http-status";

/** Errors of a request body, nested as its fields are. */
export interface FieldErrors {
  [field: string]: FieldErrors | { code: string; message: string }[];
}

/** An error of one field; `path` leads to the field, as in `["embeds", "0", "title"]`. */
export interface FieldFault {
  path: string[];
  code: string;
  message: string;
}

export type Wording = readonly [code: string, message: string];

/** An error of a field of something whose path is known elsewhere. A field of a field is separated by a dot. */
export type Fault = readonly [field: string, wording: Wording];

/** Returns the error of a field of what is at this path. */
export function faultAt(path: readonly string[], [field, [code, message]]: Fault): FieldFault {
  return { path: [...path, ...field.split(".")], code, message };
}

/**
 * An error response of Discord's API. rest/app.ts turns it into the HTTP response.
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
 */
export class DiscordError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: number;
  readonly errors: FieldErrors | undefined;
  /** The feature that the local Discord lacks, if that is the error. */
  readonly notBuilt: string | undefined;

  constructor(
    status: ContentfulStatusCode,
    code: number,
    message: string,
    { errors, notBuilt }: { errors?: FieldErrors | undefined; notBuilt?: string | undefined } = {},
  ) {
    super(message);
    this.name = "DiscordError";
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.notBuilt = notBuilt;
  }

  /** Returns the same error for a body that is a field of the request. */
  within(field: string): DiscordError {
    const errors = this.errors && { [field]: this.errors };
    return new DiscordError(this.status, this.code, this.message, { errors, notBuilt: this.notBuilt });
  }

  toJSON(): { message: string; code: number; errors?: FieldErrors } {
    const { message, code, errors } = this;
    return errors ? { message, code, errors } : { message, code };
  }
}

/** Prefixes the paths of errors with the field of a request body that `act` is about. */
export function inField<T>(field: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof DiscordError ? error.within(field) : error;
  }
}

export const unreadableForm = () => new DiscordError(400, 0, "400: Bad Request (the form cannot be read)");
export const unauthorized = () => new DiscordError(401, 0, "401: Unauthorized");
/** A route that the local Discord does not serve. Discord's message is "404: Not Found" alone. */
export const notServed = (route: string) =>
  new DiscordError(404, 0, `404: Not Found (the local Discord does not serve ${route})`);
/** A feature of Discord that the local Discord lacks. The status is not 501, after which clients retry. */
export const notBuilt = (what: string) =>
  new DiscordError(404, 0, `404: Not Found (the local Discord does not have ${what})`, { notBuilt: what });
export const unknownChannel = () => new DiscordError(404, 10003, "Unknown Channel");
export const unknownGuild = () => new DiscordError(404, 10004, "Unknown Guild");
export const unknownMember = () => new DiscordError(404, 10007, "Unknown Member");
export const unknownMessage = () => new DiscordError(404, 10008, "Unknown Message");
export const unknownOverwrite = () => new DiscordError(404, 10009, "Unknown Overwrite");
export const unknownRole = () => new DiscordError(404, 10011, "Unknown Role");
export const unknownUser = () => new DiscordError(404, 10013, "Unknown User");
export const unknownWebhook = () => new DiscordError(404, 10015, "Unknown Webhook");
export const unknownEmoji = () => new DiscordError(404, 10014, "Unknown Emoji");
export const unknownBan = () => new DiscordError(404, 10026, "Unknown Ban");
export const unknownInteraction = () => new DiscordError(404, 10062, "Unknown interaction");
export const unknownCommand = () => new DiscordError(404, 10063, "Unknown application command");
export const tooManyPins = () =>
  new DiscordError(400, 30003, "Maximum number of pins reached for the channel (250)");
export const tooManyReactions = () =>
  new DiscordError(400, 30010, "Maximum number of reactions reached (20)");
export const tooManyRoles = () =>
  new DiscordError(400, 30005, "Maximum number of server roles reached (250)");
export const tooManyChannels = () =>
  new DiscordError(400, 30013, "Maximum number of server channels reached (500)");
export const tooManyAttachments = () =>
  new DiscordError(400, 30015, "Maximum number of attachments in a message reached (10)");
export const tooManyCommands = (limit: number) =>
  new DiscordError(400, 30032, `Maximum number of application commands reached (${limit})`);
export const requestTooLarge = () => new DiscordError(413, 40005, "Request entity too large");
export const notInVoice = () => new DiscordError(400, 40032, "Target user is not connected to voice.");
export const alreadyAcknowledged = () =>
  new DiscordError(400, 40060, "Interaction has already been acknowledged.");
export const missingAccess = () => new DiscordError(403, 50001, "Missing Access");
export const notInDirectMessages = () =>
  new DiscordError(403, 50003, "Cannot execute action on a DM channel");
export const notTheAuthor = () =>
  new DiscordError(403, 50005, "Cannot edit a message authored by another user");
export const emptyMessage = () => new DiscordError(400, 50006, "Cannot send an empty message");
export const notInTextChannel = () =>
  new DiscordError(400, 50008, "Cannot send messages in a non-text channel");
export const missingPermissions = () => new DiscordError(403, 50013, "Missing Permissions");
export const wrongNumberToDelete = () =>
  new DiscordError(
    400,
    50016,
    "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete.",
  );
export const onSystemMessage = () =>
  new DiscordError(403, 50021, "Cannot execute action on a system message");
export const wrongChannelType = () =>
  new DiscordError(400, 50024, "Cannot execute action on this channel type");
export const invalidWebhookToken = () => new DiscordError(401, 50027, "Invalid Webhook Token");
export const invalidRole = () => new DiscordError(400, 50028, "Invalid Role");
export const invalidRecipients = () => new DiscordError(400, 50033, "Invalid Recipient(s)");
export const messageTooOld = () =>
  new DiscordError(400, 50034, "You can only bulk delete messages that are under 14 days old.");
export const threadArchived = () => new DiscordError(400, 50083, "Thread is archived");
export const cannotRemoveEntryPoint = () =>
  new DiscordError(
    400,
    50240,
    "You cannot remove this app's Entry Point command in a bulk update operation. Please include the Entry Point command in your update request or delete it separately.",
  );
export const needsBoosts = () =>
  new DiscordError(400, 50101, "This server needs more boosts to perform this action");
export const nobodyBanned = () => new DiscordError(400, 500_000, "Failed to ban users");
export const invalidJson = () => new DiscordError(400, 50109, "The request body contains invalid JSON.");

export const cannotReply = () =>
  new DiscordError(400, 160002, "Cannot reply without permission to read message history");
export const threadExists = () =>
  new DiscordError(400, 160004, "A thread has already been created for this message");
export const threadLocked = () => new DiscordError(400, 160005, "This thread is locked");

export function invalidForm(faults: readonly FieldFault[]): DiscordError {
  const errors: FieldErrors = {};
  for (const { path, code, message } of faults) {
    let field = errors;
    for (const step of path) {
      const next = field[step];
      field = next && !Array.isArray(next) ? next : (field[step] = {});
    }
    const there = field["_errors"];
    field["_errors"] = [...(Array.isArray(there) ? there : []), { code, message }];
  }
  return new DiscordError(400, 50035, "Invalid Form Body", { errors });
}

/** A name of a channel or thread that is empty, or has more than 100 characters. */
export const badName = () =>
  invalidForm([
    { path: ["name"], code: "BASE_TYPE_BAD_LENGTH", message: "Must be between 1 and 100 in length." },
  ]);
