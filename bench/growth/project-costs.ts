import { cpuUsage } from "node:process";
import { measureInterleaved } from "../harness/interleave.ts";
import { cpuMilliseconds } from "../harness/process-usage.ts";
import type { BenchS3 } from "../servers/s3.ts";
import type { Cost } from "./costs.ts";

/** What is compared: the same work on one of several servers. */
interface Subject {
  server: BenchS3;
  /** Does the work this many times. */
  work: (times: number) => Promise<void>;
}

/** The average cost of doing the work once. */
export interface WorkCost extends Cost {
  /** CPU milliseconds of this process: of the worker and its S3 client, not of the server. */
  cpu: number;
  /** Requests to the store. */
  requests: number;
}

/** Measures the average cost of each subject's work. Subjects take turns of a few times, in alternating order. */
export async function measureCosts(
  subjects: readonly Subject[],
  { turns, perTurn }: { turns: number; perTurn: number },
): Promise<WorkCost[]> {
  const sums = subjects.map(() => ({ time: 0, cpu: 0, bytes: 0, requests: 0 }));
  for (let turn = 0; turn < turns; turn += 1) {
    const costs = await measureInterleaved(subjects, turn, (subject) => turnCost(subject, perTurn));
    for (const [index, sum] of sums.entries())
      for (const unit of UNITS) sum[unit] += (costs[index]?.[unit] ?? Number.NaN) / (turns * perTurn);
  }
  return sums;
}

const UNITS = ["time", "cpu", "bytes", "requests"] as const;

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
