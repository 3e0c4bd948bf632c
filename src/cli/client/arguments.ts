import { REPLY_RETENTION_SECONDS } from "../../queue/reply.ts";

const DEFAULT_TIMEOUT = 30;

interface Wanted {
  /** Seconds. */
  timeout: number;
  /** What stands for numbers; without it, requests are read line by line. */
  request: string | undefined;
}

/** Options begin with two dashes and a letter: `-3` is a number that the person is told of. */
export function readArguments(args: readonly string[]): Wanted | { help: true } | { mistake: string } {
  const numbers: string[] = [];
  let timeout = DEFAULT_TIMEOUT;
  const rest = args.flatMap(splitOption);
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--help") return { help: true };
    if (arg === "--timeout") timeout = seconds(rest.shift());
    else if (isOption(arg)) return { mistake: `There is no option ${arg}.` };
    else numbers.push(arg);
  }
  if (Number.isNaN(timeout))
    return { mistake: `--timeout takes whole seconds from 1 to ${REPLY_RETENTION_SECONDS}.` };
  return { timeout, request: numbers.length === 0 ? undefined : numbers.join(" ") };
}

function splitOption(arg: string): string[] {
  const [, name, value] = /^(--timeout)=(.*)$/s.exec(arg) ?? [];
  return name === undefined || value === undefined ? [arg] : [name, value];
}

function isOption(arg: string): boolean {
  return /^--[a-z]/i.test(arg);
}

/** NaN for what is none, or out of bounds. */
function seconds(text = ""): number {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= 1 && value <= REPLY_RETENTION_SECONDS ? value : Number.NaN;
}
