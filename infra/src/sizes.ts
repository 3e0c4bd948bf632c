import { InstanceArchitecture, InstanceType } from "aws-cdk-lib/aws-ec2";

/** Options of the stack. Each is a context value of the same name: `npm run deploy -- -c workersMax=8`. */
export interface Sizes {
  /** Name of the stack, and prefix of the log group and the token's parameter. */
  name: string;
  botType: InstanceType;
  workerType: InstanceType;
  workersMin: number;
  workersMax: number;
  /** Waiting jobs per worker above which a worker is added. */
  backlogPerWorker: number;
  logLevel: string;
  /** Address of the privacy policy. */
  privacyUrl: string | undefined;
  /** Id of the server whose moderators look after the hot dogs. */
  homeGuildId: string | undefined;
  /** Who may add images of hot dogs. */
  hotdogUploads: string;
  /** Address that is notified of alarms. */
  alarmEmail: string | undefined;
  /** Name of a bucket from a removed stack, to continue with its data. */
  bucket: string | undefined;
  /** Complete ARN of the labeler secret from a removed stack. */
  labelerSecret: string | undefined;
}

const KEYS = [
  "name",
  "botType",
  "workerType",
  "workersMin",
  "workersMax",
  "backlogPerWorker",
  "logLevel",
  "privacyUrl",
  "homeGuildId",
  "hotdogUploads",
  "alarmEmail",
  "bucket",
  "labelerSecret",
] as const satisfies (keyof Sizes)[];

/** The choices of src/labeling/project-settings.ts. */
const HOTDOG_UPLOADERS = /^(?:everyone|approval|home)$/;
/** The levels of src/platform/log.ts. */
const LOG_LEVEL = /^(?:fatal|error|warn|info|debug|trace|silent)$/;

/**
 * Reads the options from the context. The defaults suffice for a few busy servers.
 * @throws Error with a message for the operator
 */
export function readSizes(context: (key: string) => unknown): Sizes {
  const given = Object.fromEntries(KEYS.map((key) => [key, textOf(context(key))]));
  const sizes: Sizes = {
    name: matching(
      given["name"] ?? "hotdog-bot",
      /^[a-z][a-z0-9-]{0,40}$/,
      "name",
      "small letters, digits and -",
    ),
    // 1 GiB: the bot needs about 150 MiB, but installing packages needs more than the 512 MiB of a nano.
    botType: armType("botType", given["botType"] ?? "t4g.micro"),
    // 2 GiB: decoding one large image takes up to 1.1 GiB, a small one beside it 350 MiB, the worker itself 300 MiB.
    workerType: armType("workerType", given["workerType"] ?? "t4g.small"),
    workersMin: wholeNumber("workersMin", given["workersMin"] ?? "1"),
    workersMax: wholeNumber("workersMax", given["workersMax"] ?? "4"),
    backlogPerWorker: wholeNumber("backlogPerWorker", given["backlogPerWorker"] ?? "100"),
    logLevel: matching(given["logLevel"] ?? "info", LOG_LEVEL, "logLevel", "a level such as debug"),
    privacyUrl: optional(
      given["privacyUrl"],
      /^https:\/\/[\w.:/~%-]+$/,
      "privacyUrl",
      "an https address without ? and #",
    ),
    homeGuildId: optional(
      given["homeGuildId"],
      /^\d{17,19}$/,
      "homeGuildId",
      "the id of a server, 17 to 19 digits",
    ),
    hotdogUploads: matching(
      given["hotdogUploads"] ?? "everyone",
      HOTDOG_UPLOADERS,
      "hotdogUploads",
      "everyone, approval or home",
    ),
    alarmEmail: optional(given["alarmEmail"], /^\S+@\S+$/, "alarmEmail", "an e-mail address"),
    bucket: optional(given["bucket"], /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "bucket", "the name of a bucket"),
    labelerSecret: optional(
      given["labelerSecret"],
      /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+-\w{6}$/,
      "labelerSecret",
      "the complete ARN of a secret",
    ),
  };
  if (sizes.workersMax <= sizes.workersMin)
    throw new Error(
      "workersMax must be greater than workersMin: an upgrade starts a new worker before it stops an old one.",
    );
  return sizes;
}

function textOf(value: unknown): string | undefined {
  const text = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  return text === "" ? undefined : text;
}

function matching(text: string, pattern: RegExp, key: string, wanted: string): string {
  if (!pattern.test(text)) throw new Error(`${key} must be ${wanted}, and is ${text}.`);
  return text;
}

function optional(text: string | undefined, ...rest: [RegExp, string, string]): string | undefined {
  return text === undefined ? undefined : matching(text, ...rest);
}

function wholeNumber(key: string, text: string): number {
  return Number(matching(text, /^[1-9]\d{0,5}$/, key, "a whole number from 1"));
}

function armType(key: string, text: string): InstanceType {
  const type = new InstanceType(
    matching(text, /^[a-z][\w-]*\.[a-z0-9]+$/, key, "an instance type such as t4g.small"),
  );
  if (type.architecture !== InstanceArchitecture.ARM_64)
    throw new Error(`${key} must be an Arm type, such as t4g.small, and is ${text}.`);
  return type;
}
