import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";
import { formatJob, interactionIn, jobIn, tenantOf, type Job } from "../../jobs/job.ts";
import type { OutgoingMessage } from "./actions.ts";

/** Attempts made before the message was sent anew. */
const ATTEMPTS_BEFORE = "AttemptsBefore";
/** Why a dead letter is one. */
const REASON = "Reason";
const LONGEST_REASON = 1_000;
/**
 * Bytes that what is too large for the dead-letter queue is cut to: what SQS took until 2025, and what every queue takes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
const CUTS = [256 * 1024, 1_024];
/** Characters, three bytes each at the most. */
const LONGEST_REASON_OF_A_CUT_BODY = 150;
/** Bytes of a cut body's reason, with the attribute that it stands in. */
const REASON_OF_A_CUT_BODY = 512;

/** The attributes that are read from a message of the queue, and from a dead letter. */
export const JOB_ATTRIBUTES = [ATTEMPTS_BEFORE];
export const LETTER_ATTRIBUTES = [REASON];

export interface ReceivedMessage {
  id: string;
  receipt: string;
  body: string;
  /** 1 at the first delivery. */
  attempt: number;
}

export function readMessage({
  MessageId = "",
  ReceiptHandle = "",
  Body = "",
  ...rest
}: Message): ReceivedMessage {
  const before = Number(rest.MessageAttributes?.[ATTEMPTS_BEFORE]?.StringValue) || 0;
  const here = Number(rest.Attributes?.ApproximateReceiveCount) || 1;
  return { id: MessageId, receipt: ReceiptHandle, body: Body, attempt: before + here };
}

/** What a log line calls a message. */
export function nameOf({ id, body }: ReceivedMessage): { message: string; interaction: string | undefined } {
  return { message: id, interaction: interactionIn(body) };
}

export function jobMessage(job: Job): OutgoingMessage {
  return { MessageBody: ascii(formatJob(job)), MessageGroupId: tenantOf(job) };
}

/** What a dead letter held, which need not be a job. */
export function bodyMessage(body: string): OutgoingMessage {
  const job = jobIn(body);
  const tenant = job && tenantOf(job);
  return { MessageBody: body, ...(tenant === undefined ? {} : { MessageGroupId: tenant }) };
}

/** @param delay seconds */
export function postponedMessage(
  job: Job,
  { body, attempt }: ReceivedMessage,
  delay: number,
): OutgoingMessage {
  const attempts = { DataType: "Number", StringValue: String(attempt - 1) };
  return {
    MessageBody: body,
    MessageGroupId: tenantOf(job),
    DelaySeconds: delay,
    MessageAttributes: { [ATTEMPTS_BEFORE]: attempts },
  };
}

/**
 * Forms of a dead letter, for when the one before is too large: a message may be as large as SQS takes already without its
 * reason, and the dead-letter queue may take less.
 */
export function deadLetters(body: string, reason: string): OutgoingMessage[] {
  const cuts = CUTS.filter((size) => size < Buffer.byteLength(body));
  return [
    deadLetter(body, reason),
    { MessageBody: body },
    ...cuts.map((size) => cutDeadLetter(body, reason, size)),
  ];
}

export function deadLetter(body: string, reason: string): OutgoingMessage {
  return {
    MessageBody: body,
    MessageAttributes: { [REASON]: { DataType: "String", StringValue: allowed(reason) } },
  };
}

/** A dead letter of at most `size` bytes, which must be more than 512; its reason begins with how much was cut off. */
function cutDeadLetter(body: string, reason: string, size: number): OutgoingMessage {
  const bytes = Buffer.from(body);
  // Streaming, so that a character that was cut in two is left out.
  const head = new TextDecoder().decode(bytes.subarray(0, size - REASON_OF_A_CUT_BODY), { stream: true });
  const note = `only the first ${Buffer.byteLength(head)} of ${bytes.length} bytes; ${reason}`;
  return deadLetter(head, note.slice(0, LONGEST_REASON_OF_A_CUT_BODY));
}

export function reasonOf(
  attributes: Record<string, MessageAttributeValue> | undefined = {},
): string | undefined {
  return attributes[REASON]?.StringValue;
}

/**
 * SQS takes the characters of XML 1.0 only, which U+FFFE and U+FFFF are not, and some servers like it refuse those past U+FFFF
 * too; so whatever is not ASCII is escaped. JSON by itself escapes control characters.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function ascii(json: string): string {
  return json.replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Not empty, not endless, and of characters that SQS takes. */
function allowed(reason: string): string {
  return reason.slice(0, LONGEST_REASON).replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/g, "?") || "unknown";
}
