import { pino, type DestinationStream, type Logger } from "pino";
import { PinoPretty } from "pino-pretty";

export type Log = Logger;

export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

interface Options {
  level: (typeof LOG_LEVELS)[number];
  /** Lines for people instead of JSON. */
  terminal?: boolean;
  out?: DestinationStream;
}

/** A log whose lines hold no secret, wherever in a line it may stand. */
export function createLog({ level, terminal = false, out = standardOutput(terminal) }: Options): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ["token", "*.token", "*.*.token"], censor: REDACTED },
      serializers: { err: describeError },
    },
    { write: (line) => out.write(withoutSecrets(line)) },
  );
}

/** Written at once, so that the last words before an exit are not lost. */
function standardOutput(terminal: boolean): DestinationStream {
  return terminal
    ? PinoPretty({ sync: true, ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss" })
    : pino.destination({ sync: true });
}

const REDACTED = "[redacted]";

/** Interaction tokens in the addresses of Discord's API, and bot tokens. */
const SECRETS = [/(?<=\/(?:webhooks|interactions)\/\d+\/)[^/?"\\\s]+/g, /[\w-]{18,}\.[\w-]{6}\.[\w-]{27,}/g];

/** Text as it may be shown. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((rest, secret) => rest.replace(secret, REDACTED), text);
}

/** What helps to find a cause. Errors of Discord's client also hold the whole request, pictures included: left out. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const extra = Object.fromEntries(
    ["code", "status", "method", "url"].flatMap((key) =>
      key in error ? [[key, Reflect.get(error, key)]] : [],
    ),
  );
  return { type: name, message, ...extra, stack, cause: describeError(cause) };
}
