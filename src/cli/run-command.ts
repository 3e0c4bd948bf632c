/** What every command has in common: its arguments, --help, --version, Ctrl+C, a closed pipe, errors and the exit code. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import project from "../../package.json" with { type: "json" };
import { describeError, errorCode } from "../platform/describe-error.ts";
import { freeStartMemoryWhenIdle } from "../platform/free-memory.ts";
import { printable, printableLines, withoutSecrets } from "../platform/safe-text.ts";
import { StartError } from "../platform/start-error.ts";
import type { Environment } from "../process/environment.ts";
import { loadEnvironment } from "../process/load-environment.ts";

/** Exit code after Ctrl+C: 128 + SIGINT, as shells report it. */
export const INTERRUPTED = 130;
/** Exit code when nobody reads the output any more: 128 + SIGPIPE. */
const BROKEN_PIPE = 141;
/** npm passes on a signal that the terminal has sent as well: within this many milliseconds, two signals are one Ctrl+C. */
const SAME_SIGNAL_MS = 500;

type Options = NonNullable<ParseArgsConfig["options"]>;

/** The declaration of a command. */
export interface Command<O extends Options, Parsed> {
  /** Text of --help, which explains every option. */
  usage: string;
  /** Options besides --help and --version. */
  options: O;
  /** Checks the arguments. @throws UsageError */
  parse: (args: ReturnType<typeof parseOptions<O>>) => Parsed;
  /** Whether it takes arguments that are not options. */
  takesPositionals?: boolean;
  /** Whether Ctrl+C only aborts the signal, so that the command can finish what is under way. Otherwise it ends the process. */
  stopsGracefully?: boolean;
  /** Tells options from other arguments that begin with a dash, such as negative numbers. */
  isOption?: (arg: string) => boolean;
}

/** The arguments make no sense: the message says why, and the usage is printed below it. */
export class UsageError extends Error {
  override name = "UsageError";
}

interface Context {
  /** Returns the environment, with what `.env` adds to it. */
  loadEnvironment: () => Environment;
  /** Aborted at Ctrl+C or SIGTERM, if the command stops gracefully. */
  signal: AbortSignal;
  /** Does the same as Ctrl+C. */
  interrupt: () => void;
}

/**
 * Runs a command in this process: parses its arguments, and exits with 1 after a mistake or an error.
 * @param run does the work; it returns the exit code, 0 by default
 */
export async function runCommand<O extends Options, Parsed>(
  host: NodeJS.Process,
  command: Command<O, Parsed>,
  run: (parsed: Parsed, context: Context) => Promise<number | void>,
): Promise<void> {
  exitOnBrokenPipe(host);
  const read = readArguments(host, command);
  if (read === undefined) return;
  const interrupt = (): never => host.exit(INTERRUPTED);
  const signal = command.stopsGracefully === true ? abortOnSignal(host) : new AbortController().signal;
  if (command.stopsGracefully !== true) host.on("SIGINT", interrupt);
  try {
    const context = { loadEnvironment: () => loadEnvironment(host), signal, interrupt };
    host.exitCode = (await run(read.parsed, context)) ?? 0;
  } catch (error) {
    exitWithReason(error, host);
  }
}

/** Runs a process that works until it is stopped, and takes no further options. `startProcess` handles its signals. */
export async function runService(
  host: NodeJS.Process,
  usage: string,
  start: () => Promise<void>,
): Promise<void> {
  if (readArguments(host, { usage, options: {}, parse: () => ({}) }) === undefined) return;
  await start().catch((error: unknown) => exitWithReason(error, host, "hotdog-bot cannot start. "));
  freeStartMemoryWhenIdle();
}

/**
 * Parses the arguments. Returns undefined when it printed something instead: the usage or the version, or a mistake with the usage and
 * exit code 1.
 */
function readArguments<O extends Options, Parsed>(
  host: NodeJS.Process,
  command: Command<O, Parsed>,
): { parsed: Parsed } | undefined {
  try {
    const parsed = parseCommand(command, host.argv.slice(2));
    if (parsed !== "help" && parsed !== "version") return { parsed };
    host.stdout.write(parsed === "help" ? command.usage : `${project.version}\n`);
  } catch (error) {
    host.stderr.write(`${printable(describeError(error))}\n\n${command.usage}`);
    host.exitCode = 1;
  }
  return undefined;
}

/** Parses the arguments of a command. @throws UsageError, and the TypeError of `parseArgs` */
export function parseCommand<O extends Options, Parsed>(
  { options, parse, takesPositionals = false, isOption }: Command<O, Parsed>,
  args: readonly string[],
): Parsed | "help" | "version" {
  // No argument of a process holds a NUL, so it can mark those that are not options.
  const marked = args.map((arg) => (isOption?.(arg) === false && arg.startsWith("-") ? `\0${arg}` : arg));
  const parsed = parseOptions(options, marked);
  if ("help" in parsed.values && parsed.values.help === true) return "help";
  if ("version" in parsed.values && parsed.values.version === true) return "version";
  const positionals = parsed.positionals.map((arg) => arg.replace(/^\0/, ""));
  if (!takesPositionals && positionals.length > 0)
    throw new UsageError(`Unexpected argument '${positionals[0]}'.`);
  return parse({ ...parsed, positionals });
}

function parseOptions<O extends Options>(options: O, args: string[]) {
  return parseArgs({
    args,
    options: { ...options, help: { type: "boolean" as const }, version: { type: "boolean" as const } },
    allowPositionals: true,
  });
}

/** Ends the process when the reader of its output has gone, as `head` does after ten lines. */
export function exitOnBrokenPipe(host: Pick<NodeJS.Process, "stdout" | "exit">): void {
  host.stdout.on("error", (error: unknown) => {
    if (errorCode(error) !== "EPIPE") throw error;
    host.exit(BROKEN_PIPE);
  });
}

/**
 * Aborts a signal at SIGINT or SIGTERM, so that a command finishes what is under way, and returns INTERRUPTED; a second signal ends the
 * process. `stopOnSignal` differs: it closes what a bot or worker has open within a deadline, and exits with 0.
 */
export function abortOnSignal(
  host: Pick<NodeJS.Process, "on" | "exit">,
  now: () => number = Date.now,
): AbortSignal {
  const controller = new AbortController();
  let since = 0;
  const receive = (): void => {
    if (controller.signal.aborted && now() - since > SAME_SIGNAL_MS) host.exit(INTERRUPTED);
    if (!controller.signal.aborted) since = now();
    controller.abort();
  };
  host.on("SIGINT", receive).on("SIGTERM", receive);
  return controller.signal;
}

/** Prints why a process or command failed, without a stack if the reason is known, and exits with 1. */
export function exitWithReason(
  error: unknown,
  host: Pick<NodeJS.Process, "stderr" | "exit">,
  before = "",
): never {
  const isExpected = error instanceof StartError || !(error instanceof Error);
  const reason = isExpected ? describeError(error) : (error.stack ?? describeError(error));
  host.stderr.write(`${before}${printableLines(withoutSecrets(reason))}\n`);
  return host.exit(1);
}
