import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { getCompileCacheDir } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { IMAGE_FORMATS, IMAGE_REFUSALS, type ImageRefusal } from "../labeling/images.ts";
import { MAX_DECODING_BYTES, MAX_IDLE_BYTES, residentLimit, type MemoryLimit } from "./decoding-memory.ts";
import type { CheckedImage } from "./reencode.ts";

/** A message to the decoding process: a file, or the permission to decode it after its header has been read. */
export type DecodingRequest = { uploaded: Uint8Array } | "go on";

/** The same bytes as a buffer. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** A message from the decoding process. It is validated, because a hostile file may control the process. */
const decodingAnswer = z.discriminatedUnion("step", [
  z.object({ step: z.literal("started") }),
  /** The memory is the estimated number of bytes that decoding takes. */
  z.object({ step: z.literal("header"), memory: z.number().nonnegative().max(MAX_DECODING_BYTES) }),
  z.object({
    step: z.literal("done"),
    outcome: z.discriminatedUnion("ok", [
      z.object({
        ok: z.literal(true),
        stored: z.instanceof<typeof Uint8Array<ArrayBufferLike>>(Uint8Array).transform(asBuffer),
        format: z.enum(IMAGE_FORMATS),
      }),
      z.object({ ok: z.literal(false), refusal: z.enum(IMAGE_REFUSALS) }),
    ]),
  }),
]);
type DecodingAnswer = z.infer<typeof decodingAnswer>;
export type DecodingReply = z.input<typeof decodingAnswer>;

/** The process ended while it worked on a file, and not because the file exceeded a limit. */
export class ProcessDiedError extends Error {
  override name = "ProcessDiedError";
  /** Milliseconds that the process spent on the file. */
  decodingMs = 0;
  constructor() {
    super("the decoding process died");
  }
}

class LimitError extends Error {
  override name = "LimitError";
  refusal: ImageRefusal;
  constructor(refusal: "too-slow" | "too-much-memory") {
    super(refusal);
    this.refusal = refusal;
  }
}

export interface DecodingLimits {
  /** Wall-clock milliseconds for the start of the process. */
  startMs: number;
  /** Wall-clock milliseconds for reading a header. Usual files take 1 to 10 ms. */
  headerMs: number;
  /** Wall-clock milliseconds for decoding and encoding. */
  pictureMs: number;
  /** Resident memory of the process while it decodes a file with this estimate. */
  residentBytes: (estimatedBytes: number) => number;
}

const DECODING_LIMITS: DecodingLimits = {
  startMs: 60_000,
  headerMs: 5_000,
  pictureMs: 30_000,
  residentBytes: residentLimit,
};

export interface DecodingProcess {
  /**
   * Decodes and encodes a file. Wait for the result before the next call. A file that exceeds a limit is refused, and the
   * process is killed.
   * @throws ProcessDiedError; another error when the process did not start
   */
  reencode(uploaded: Buffer, memory: MemoryLimit): Promise<CheckedImage>;
  /** Current resident memory, in bytes; undefined when the system does not report it. */
  readonly resident: number | undefined;
  /** Whether the process accepts no more files. */
  readonly ended: boolean;
  end(): void;
}

const IDLE_MS = 30_000;
const WATCH_INTERVAL_MS = 20;

/**
 * The whole environment of the process, so it holds no secrets. With these settings, glibc returns large blocks to the system as
 * soon as they are free; by default it keeps them, and the process takes twice as much memory.
 * @see https://man7.org/linux/man-pages/man3/mallopt.3.html
 */
const DECODING_ENVIRONMENT = {
  MALLOC_MMAP_THRESHOLD_: "131072",
  MALLOC_TRIM_THRESHOLD_: "131072",
  MALLOC_ARENA_MAX: "2",
};

/**
 * Starts a process that decodes one file at a time. A hostile file can crash, hang or fill only the decoding process. It is no
 * sandbox: code that runs in it has the rights of this process, so it can read this process's environment and use the network.
 *
 * This process measures the time of each step and, on Linux, the resident memory, and kills the decoding process when it
 * exceeds a limit; the decoding process could not do that itself, because a file may make it hang. On other systems, only the
 * estimate limits its memory. The decoding process ends after 30 s without work, when it holds too much memory, and together
 * with this process, which it does not keep alive.
 */
export function decodingProcess(limits: DecodingLimits = DECODING_LIMITS): DecodingProcess {
  const compileCache = getCompileCacheDir();
  const child = fork(join(import.meta.dirname, "main.ts"), {
    serialization: "advanced",
    // With compiled modules, its start takes less than half of the CPU time.
    env: { ...DECODING_ENVIRONMENT, ...(compileCache && { NODE_COMPILE_CACHE: dirname(compileCache) }) },
    execArgv: [],
    // In its own process group, it does not receive a Ctrl+C that is meant for this process.
    detached: true,
    windowsHide: true,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  let ended = false;
  let idle: NodeJS.Timeout | undefined;
  let pending: PromiseWithResolvers<DecodingAnswer> | undefined;

  function end(error: Error = new ProcessDiedError()): void {
    if (ended) return;
    ended = true;
    clearTimeout(idle);
    child.kill("SIGKILL");
    pending?.reject(error);
  }

  child.on("error", end);
  child.on("disconnect", () => end());
  child.on("message", (received) => {
    const { data } = decodingAnswer.safeParse(received);
    if (data === undefined || pending === undefined) return end();
    pending.resolve(data);
  });

  /** Waits for the next answer; kills the process when it exceeds the time or the memory. */
  async function answerWithin(ms: number, bytes: number): Promise<DecodingAnswer> {
    if (ended) throw new ProcessDiedError();
    pending = Promise.withResolvers();
    const timeout = setTimeout(() => end(new LimitError("too-slow")), ms);
    const memoryWatch = setInterval(() => {
      if ((residentBytes(child.pid ?? 0) ?? 0) > bytes) end(new LimitError("too-much-memory"));
    }, WATCH_INTERVAL_MS);
    try {
      return await pending.promise;
    } finally {
      clearTimeout(timeout);
      clearInterval(memoryWatch);
      pending = undefined;
    }
  }

  const ready = answerWithin(limits.startMs, Number.POSITIVE_INFINITY);
  // `reencode` reports a failed start.
  ready.catch(() => {});

  function keepAlive(): void {
    clearTimeout(idle);
    child.ref();
    child.channel?.ref();
  }

  function release(): void {
    child.unref();
    child.channel?.unref();
    if (!ended) idle = setTimeout(end, IDLE_MS).unref();
  }

  return {
    get resident() {
      return residentBytes(child.pid ?? 0);
    },
    get ended() {
      return ended;
    },
    end: () => end(),
    async reencode(uploaded, memory) {
      let decodingMs = 0;
      const step = async (request: DecodingRequest, ms: number, bytes: number): Promise<DecodingAnswer> => {
        const started = performance.now();
        child.send(request, () => {});
        return answerWithin(ms, bytes).finally(() => (decodingMs += performance.now() - started));
      };
      keepAlive();
      try {
        await ready.catch((cause: unknown) => {
          throw new Error("the decoding process did not start", { cause });
        });
        const header = await step({ uploaded }, limits.headerMs, limits.residentBytes(0));
        const done =
          header.step === "header"
            ? await memory(header.memory, () =>
                step("go on", limits.pictureMs, limits.residentBytes(header.memory)),
              )
            : header;
        if (done.step !== "done") {
          end();
          throw new ProcessDiedError();
        }
        if ((residentBytes(child.pid ?? 0) ?? 0) > MAX_IDLE_BYTES) end();
        return { ...done.outcome, decodingMs };
      } catch (error) {
        if (error instanceof LimitError) return { ok: false, refusal: error.refusal, decodingMs };
        if (error instanceof ProcessDiedError) error.decodingMs = decodingMs;
        throw error;
      } finally {
        release();
      }
    },
  };
}

/**
 * The current resident memory of a process, in bytes; undefined when the process has ended, or the system has no `/proc`.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
 */
function residentBytes(pid: number): number | undefined {
  try {
    // Synchronous, because it takes only 20 µs and an asynchronous result would be out of date.
    const status = readFileSync(`/proc/${pid}/status`, "latin1");
    const kilobytes = /^VmRSS:\s+(?<kilobytes>\d+) kB$/m.exec(status)?.groups?.["kilobytes"];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
  } catch {
    return undefined;
  }
}
