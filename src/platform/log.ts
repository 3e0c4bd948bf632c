import { pino, type ChildLoggerOptions, type DestinationStream, type Logger } from "pino";
import { redactFields, withoutSecrets } from "./safe-text.ts";

export type Log = Logger;

export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** So that the last lines before an exit are not lost. */
const SYNCHRONOUS = { sync: true };

interface Options {
  level: (typeof LOG_LEVELS)[number];
  /** Receives lines of JSON; standard output by default. */
  out?: DestinationStream;
}

/** Creates a log that removes secrets from every line. */
export function createLog({ level, out = pino.destination(SYNCHRONOUS) }: Options): Log {
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: redactFields },
      // redactFields has described the error already.
      serializers: { err: (described: unknown) => described },
    },
    { write: (line) => out.write(withoutSecrets(line)) },
  );
  // Formatters do not see the bindings of a child logger, which are part of all its lines. Children of a child inherit this method.
  const plainChild: Log["child"] = Reflect.get(log, "child");
  function redactedChild(this: Log, bindings: object, options?: ChildLoggerOptions): Log {
    return Reflect.apply(plainChild, this, [redactFields(bindings), options]);
  }
  return Object.assign(log, { child: redactedChild });
}

/** Makes an output that turns the lines into text for people, on standard output. Loads the library for it. */
export async function terminalOutput(): Promise<DestinationStream> {
  const { PinoPretty } = await import("pino-pretty");
  return PinoPretty({ ...SYNCHRONOUS, ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss" });
}
