import type { Message } from "@aws-sdk/client-sqs";
import { formatJob, loggedJobId, jobIn, tenantOf, type Job } from "../../jobs/job.ts";
import type { OutgoingMessage } from "./batched-actions.ts";

/** Message attribute: attempts of the job before it was postponed, which sends it as a new message. */
export const ATTEMPTS_BEFORE = "AttemptsBefore";
/** Message attribute: why a message is a dead letter. */
export const REASON = "Reason";
const MAX_REASON_LENGTH = 1_000;
/**
 * A body that is too large for the dead-letter queue is cut to one of these sizes: the limit of SQS until 2025, or the smallest
 * value that a queue's MaximumMessageSize can have.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
const CUT_SIZES_BYTES = [256 * 1024, 1_024];
/** In characters, of up to three bytes each. */
const MAX_CUT_REASON_LENGTH = 150;
/** Room for the reason of a cut body and its attribute. */
const CUT_REASON_BYTES = 512;

export interface ReceivedMessage {
  id: string;
  receiptHandle: string;
  body: string;
  /** 1 at the first delivery. */
  attempt: number;
}

export function readMessage(message: Message): ReceivedMessage {
  const { MessageId: id = "", ReceiptHandle: receiptHandle = "", Body: body = "" } = message;
  const before = Number(message.MessageAttributes?.[ATTEMPTS_BEFORE]?.StringValue) || 0;
  const deliveries = Number(message.Attributes?.ApproximateReceiveCount) || 1;
  return { id, receiptHandle, body, attempt: before + deliveries };
}

/** Fields that identify a message in the log. */
export function logFields({ id, body }: ReceivedMessage): Record<string, string | undefined> {
  return { message: id, interaction: loggedJobId(body) };
}

export function jobMessage(job: Job): OutgoingMessage {
  return { MessageBody: escapeNonAscii(formatJob(job)), MessageGroupId: tenantOf(job) };
}

/** Makes a message of a dead letter's body, which need not be a job. */
export function bodyMessage(body: string): OutgoingMessage {
  const job = jobIn(body);
  return { MessageBody: body, ...(job && { MessageGroupId: tenantOf(job) }) };
}

export function postponedMessage(job: Job, received: ReceivedMessage, delaySeconds: number): OutgoingMessage {
  const attempts = { DataType: "Number", StringValue: String(received.attempt - 1) };
  return {
    MessageBody: received.body,
    MessageGroupId: tenantOf(job),
    DelaySeconds: delaySeconds,
    MessageAttributes: { [ATTEMPTS_BEFORE]: attempts },
  };
}

/**
 * Returns forms of a dead letter to try in this order, each smaller than the one before: a message may reach the size limit of SQS
 * without its reason, and the dead-letter queue may have a lower limit.
 */
export function deadLetterForms(body: string, reason: string): OutgoingMessage[] {
  const sizes = CUT_SIZES_BYTES.filter((size) => size < Buffer.byteLength(body));
  return [
    deadLetterMessage(body, reason),
    { MessageBody: body },
    ...sizes.map((size) => cutDeadLetter(body, reason, size)),
  ];
}

export function deadLetterMessage(body: string, reason: string): OutgoingMessage {
  return {
    MessageBody: body,
    MessageAttributes: { [REASON]: { DataType: "String", StringValue: attributeText(reason) } },
  };
}

/** @param size in bytes, more than CUT_REASON_BYTES */
function cutDeadLetter(body: string, reason: string, size: number): OutgoingMessage {
  const bytes = Buffer.from(body);
  // In streaming mode the decoder drops a character that was cut in two.
  const head = new TextDecoder().decode(bytes.subarray(0, size - CUT_REASON_BYTES), { stream: true });
  const note = `only the first ${Buffer.byteLength(head)} of ${bytes.length} bytes; ${reason}`;
  return deadLetterMessage(head, note.slice(0, MAX_CUT_REASON_LENGTH));
}

export function deadLetterReason(message: Pick<Message, "MessageAttributes">): string | undefined {
  return message.MessageAttributes?.[REASON]?.StringValue;
}

/**
 * Escapes the characters of a JSON text that are not ASCII. SQS takes only the characters of XML 1.0, which exclude U+FFFE and
 * U+FFFF, and some compatible servers refuse those above U+FFFF. JSON itself escapes control characters.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function escapeNonAscii(json: string): string {
  return json.replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Makes a valid attribute of a text: SQS takes no empty attribute, and only the characters of XML 1.0. */
function attributeText(reason: string): string {
  return reason.slice(0, MAX_REASON_LENGTH).replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/g, "?") || "unknown";
}
