import { fork } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { IMAGE_FORMATS, IMAGE_REFUSALS, type ImageRefusal } from "../labeling/image.ts";
import type { CheckedImage, Outcome } from "./checked-image.ts";
import { MAX_DECODING_BYTES, MAX_IDLE_BYTES, residentLimit } from "./decoding-memory.ts";
import type { MemoryLimit } from "./memory-limit.ts";
import { residentBytes } from "./resident-bytes.ts";

/** What the process is sent: a file, and after its header the permission to decode it. */
export type DecodingRequest = { uploaded: Uint8Array } | "go on";

/** What it sends: it has met hostile files, so it is not taken at its word. */
const decodingAnswer = z.discriminatedUnion("step", [
  z.object({ step: z.literal("started") }),
  z.object({
    step: z.literal("header"),
    /** Bytes that decoding may take. */
    memory: z.number().nonnegative().max(MAX_DECODING_BYTES),
  }),
  z.object({
    step: z.literal("done"),
    outcome: z.discriminatedUnion("ok", [
      z.object({
        ok: z.literal(true),
        stored: z.instanceof<typeof Uint8Array<ArrayBufferLike>>(Uint8Array),
        format: z.enum(IMAGE_FORMATS),
      }),
      z.object({ ok: z.literal(false), refusal: z.enum(IMAGE_REFUSALS) }),
    ]),
  }),
]);
type DecodingAnswer = z.infer<typeof decodingAnswer>;
export type DecodingReply = z.input<typeof decodingAnswer>;

/** The process ended with a file in its hands, without having been ended for a limit. */
export class ProcessDiedError extends Error {
  override name = "ProcessDiedError";
  /** Milliseconds for which it had worked on the file. */
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
  /** Milliseconds, by the clock, that each step may take. */
  startMs: number;
  /** Of this, a usual file takes 1 to 10 ms. */
  headerMs: number;
  /** Decoding and encoding. */
  pictureMs: number;
  /** Resident memory of the process while it decodes a file of this estimate. */
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
   * Decodes one file at a time; the caller waits before it brings the next. A file that goes beyond a limit is refused, and
   * the process ended.
   * @throws ProcessDiedError; another error when the process did not even start
   */
  reencode(uploaded: Buffer, memory: MemoryLimit): Promise<CheckedImage>;
  /** The memory that it has at this moment, in bytes; undefined where the system does not tell. */
  readonly resident: number | undefined;
  /** Takes no more work. */
  readonly ended: boolean;
  end(): void;
}

const IDLE_MS = 30_000;
const WATCH_INTERVAL_MS = 20;

/**
 * No secrets. Large blocks go back to the system as soon as they are free: left to itself, glibc keeps them, and twice
 * as much memory is taken. https://man7.org/linux/man-pages/man3/mallopt.3.html
 */
const ENVIRONMENT = {
  MALLOC_MMAP_THRESHOLD_: "131072",
  MALLOC_TRIM_THRESHOLD_: "131072",
  MALLOC_ARENA_MAX: "2",
};

/**
 * Decodes in a process of its own, one file at a time: what a hostile file crashes, hangs or fills there takes nobody with
 * it, the memory is given back, and no thread is taken from the files and look-ups of this process. It is no sandbox: the
 * process has the rights of this one, and code that runs there can read the environment of this one and use the network.
 *
 * The time of each step and, on Linux, the memory are watched from here, and the process is killed beyond them: its own
 * event loop or libvips' threads may hang. On other systems only the estimate of the memory holds. The process ends when
 * it has been idle for half a minute, when it has kept much memory, and with this one, which it does not keep alive.
 */
export function decodingProcess(limits: DecodingLimits = DECODING_LIMITS): DecodingProcess {
  const child = fork(join(import.meta.dirname, "main.ts"), {
    serialization: "advanced",
    env: ENVIRONMENT,
    execArgv: [],
    // A group of its own: Ctrl+C is for this process, and would end that one while it starts.
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

  /** The next answer, within these milliseconds and bytes of memory. */
  async function answerWithin(ms: number, bytes: number): Promise<DecodingAnswer> {
    if (ended) throw new ProcessDiedError();
    pending = Promise.withResolvers();
    const tooLong = setTimeout(() => end(new LimitError("too-slow")), ms);
    const watching = setInterval(() => {
      if ((residentBytes(child.pid ?? 0) ?? 0) > bytes) end(new LimitError("too-much-memory"));
    }, WATCH_INTERVAL_MS);
    try {
      return await pending.promise;
    } finally {
      clearTimeout(tooLong);
      clearInterval(watching);
      pending = undefined;
    }
  }

  const started = answerWithin(limits.startMs, Number.POSITIVE_INFINITY);
  // Whoever brings a file is told.
  started.catch(() => {});

  function stayAlive(): void {
    clearTimeout(idle);
    child.ref();
    child.channel?.ref();
  }

  function letGo(): void {
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
    end() {
      end();
    },
    async reencode(uploaded, memory) {
      let decodingMs = 0;
      const step = async (request: DecodingRequest, ms: number, bytes: number): Promise<DecodingAnswer> => {
        const begun = performance.now();
        child.send(request, () => {});
        return answerWithin(ms, bytes).finally(() => (decodingMs += performance.now() - begun));
      };
      stayAlive();
      try {
        await started.catch((cause: unknown) => {
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
        return { ...withBuffer(done.outcome), decodingMs };
      } catch (error) {
        if (error instanceof LimitError) return { ok: false, refusal: error.refusal, decodingMs };
        if (error instanceof ProcessDiedError) error.decodingMs = decodingMs;
        throw error;
      } finally {
        letGo();
      }
    },
  };
}

function withBuffer(outcome: Extract<DecodingAnswer, { step: "done" }>["outcome"]): Outcome {
  if (!outcome.ok) return outcome;
  const { buffer, byteOffset, byteLength } = outcome.stored;
  return { ...outcome, stored: Buffer.from(buffer, byteOffset, byteLength) };
}
