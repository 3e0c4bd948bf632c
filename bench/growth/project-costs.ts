import { cpuUsage } from "node:process";
import { measureInterleaved } from "../harness/interleave.ts";
import { median } from "../harness/figures.ts";
import { cpuMilliseconds } from "../harness/process-usage.ts";
import type { BenchS3 } from "../servers/s3.ts";
import type { Cost } from "./costs.ts";

/** What is compared: the same work on one of several servers. */
export interface Subject {
  server: BenchS3;
  /** Does the work this many times. */
  work: (times: number) => Promise<void>;
}

/** The cost of doing the work once. */
export interface WorkCost extends Cost {
  /** CPU milliseconds of this process: of the worker and its S3 client, not of the server. */
  cpu: number;
  /** Requests to the store. */
  requests: number;
}

/**
 * Measures the cost of each subject's work. Subjects take turns of a few times, in alternating order. Times are the median of the
 * turns, because other processes may slow some of them down; requests and bytes are the average.
 */
export async function measureCosts(
  subjects: readonly Subject[],
  { turns, perTurn }: { turns: number; perTurn: number },
): Promise<WorkCost[]> {
  const measured: (readonly WorkCost[])[] = [];
  for (let turn = 0; turn < turns; turn += 1)
    measured.push(await measureInterleaved(subjects, turn, (subject) => turnCost(subject, perTurn)));
  return subjects.map((_, index) => {
    const values = (unit: keyof WorkCost): number[] =>
      measured.map((costs) => (costs[index]?.[unit] ?? Number.NaN) / perTurn);
    return {
      time: median(values("time")),
      cpu: median(values("cpu")),
      bytes: mean(values("bytes")),
      requests: mean(values("requests")),
    };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function turnCost({ server, work }: Subject, times: number): Promise<WorkCost> {
  const before = await server.traffic();
  const started = performance.now();
  const cpuBefore = cpuMilliseconds({ cpuUsage });
  await work(times);
  const cpu = cpuMilliseconds({ cpuUsage }) - cpuBefore;
  const time = performance.now() - started;
  const { bytes, requests } = await server.traffic();
  return { time, cpu, bytes: bytes - before.bytes, requests: requests - before.requests };
}
