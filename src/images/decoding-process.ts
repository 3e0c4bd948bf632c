import { fork } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { IMAGE_FORMATS, IMAGE_REFUSALS } from "../domain/image.ts";
import type { CheckedImage } from "./checked-image.ts";

/** What the process is sent, once it has said that it is ready. */
export interface DecodingRequest {
  id: number;
  uploaded: Uint8Array;
  seconds: number;
}

/** What it sends: it has met hostile files, so it is not taken at its word. */
const message = z.union([
  z.literal("ready"),
  z.object({
    id: z.int(),
    /** The most memory that the process has had so far, in bytes. */
    peak: z.number(),
    checked: z.discriminatedUnion("ok", [
      z.object({ ok: z.literal(true), stored: z.instanceof(Uint8Array), format: z.enum(IMAGE_FORMATS) }),
      z.object({ ok: z.literal(false), refusal: z.enum(IMAGE_REFUSALS) }),
    ]),
  }),
]);

/** The process ended, or was ended, with this file in its hands. */
export class ProcessDiedError extends Error {
  override name = "ProcessDiedError";
  tookTooLong: boolean;
  constructor(tookTooLong: boolean) {
    super(`the decoding process ${tookTooLong ? "took too long" : "died"}`);
    this.tookTooLong = tookTooLong;
  }
}

export interface DecodingProcess {
  /** @throws ProcessDiedError; another error when the process did not even start */
  encodeAnew(uploaded: Buffer): Promise<CheckedImage>;
  /** The most memory that it has had until its last answer, in bytes. */
  readonly peak: number;
  /** Takes no more work. */
  readonly ended: boolean;
  end(): void;
}

const IDLE_MS = 30_000;
const GRACE_MS = 10_000;

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
 * Decodes in a process of its own: what a hostile file crashes, hangs or fills there takes nobody with it, the memory is
 * given back, and no thread is taken from the files and look-ups of this process. It ends when it has been idle for
 * half a minute, and with this process, which it does not keep alive.
 */
export function decodingProcess({ seconds }: { seconds: number }): DecodingProcess {
  const child = fork(join(import.meta.dirname, "main.ts"), {
    serialization: "advanced",
    env: ENVIRONMENT,
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const waiting = new Map<number, (outcome: CheckedImage | Error) => void>();
  const unsent: (() => void)[] = [];
  let state: "starting" | "ready" | "ended" = "starting";
  let count = 0;
  let peak = 0;
  let idle: NodeJS.Timeout | undefined;

  function end(error: Error = new ProcessDiedError(false)): void {
    if (state === "ended") return;
    state = "ended";
    clearTimeout(idle);
    child.kill("SIGKILL");
    for (const settle of waiting.values()) settle(error);
  }

  child.on("error", end);
  child.on("disconnect", () => {
    end(state === "starting" ? new Error("the decoding process did not start") : undefined);
  });
  child.on("message", (received) => {
    const { data } = message.safeParse(received);
    if (data === undefined) return end();
    if (data !== "ready") {
      peak = data.peak;
      return waiting.get(data.id)?.(withBuffer(data.checked));
    }
    state = "ready";
    for (const send of unsent.splice(0)) send();
  });

  function stayAlive(): void {
    clearTimeout(idle);
    child.ref();
    child.channel?.ref();
  }

  function letGo(): void {
    child.unref();
    child.channel?.unref();
    if (state !== "ended") idle = setTimeout(end, IDLE_MS).unref();
  }

  return {
    get peak() {
      return peak;
    },
    get ended() {
      return state === "ended";
    },
    end() {
      end();
    },
    async encodeAnew(uploaded) {
      count += 1;
      const id = count;
      let tooLong: NodeJS.Timeout | undefined;
      stayAlive();
      const send = (): void => {
        // The other file may be decoded before it. What has run out of time in there tells so by itself.
        tooLong = setTimeout(() => end(new ProcessDiedError(true)), 2 * seconds * 1_000 + GRACE_MS);
        child.send({ id, uploaded, seconds } satisfies DecodingRequest, () => {});
      };
      try {
        const outcome = await new Promise<CheckedImage | Error>((resolve) => {
          waiting.set(id, resolve);
          if (state === "ready") send();
          else unsent.push(send);
        });
        if (outcome instanceof Error) throw outcome;
        return outcome;
      } finally {
        clearTimeout(tooLong);
        waiting.delete(id);
        if (waiting.size === 0) letGo();
      }
    },
  };
}

function withBuffer(checked: Exclude<z.infer<typeof message>, "ready">["checked"]): CheckedImage {
  if (!checked.ok) return checked;
  const { buffer, byteOffset, byteLength } = checked.stored;
  return { ...checked, stored: Buffer.from(buffer, byteOffset, byteLength) };
}
