import { pino, type ChildLoggerOptions, type DestinationStream, type Logger } from "pino";
import { PinoPretty } from "pino-pretty";
import { redactFields, withoutSecrets } from "./redact.ts";

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
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: redactFields },
      // It is described by then.
      serializers: { err: (described: unknown) => described },
    },
    { write: (line) => out.write(withoutSecrets(line)) },
  );
  // What all lines of a child have no formatter sees. Children of children inherit it.
  const plainChild: Log["child"] = Reflect.get(log, "child");
  function redactedChild(this: Log, bindings: object, options?: ChildLoggerOptions): Log {
    return Reflect.apply(plainChild, this, [redactFields(bindings), options]);
  }
  return Object.assign(log, { child: redactedChild });
}

/** Written at once, so that the last words before an exit are not lost. */
function standardOutput(terminal: boolean): DestinationStream {
  return terminal
    ? PinoPretty({ sync: true, ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss" })
    : pino.destination({ sync: true });
}
