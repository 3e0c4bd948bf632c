import { spawn } from "node:child_process";
import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { freePort } from "../../test/free-port.ts";
import { machine, type Machine } from "./machine.ts";
import { startHealth } from "./servers.ts";

const CHECK = join(import.meta.dirname, "../instance/check-health.sh");
const GIVE_UP =
  "aws autoscaling set-instance-health --instance-id i-0123456789abcdef0 --health-status Unhealthy";

interface Situation {
  process?: string;
  port: number;
  /** Since the last answer. */
  minutes?: number;
  pid?: number;
  /** With which the process has ended. */
  exitStatus?: number;
}

interface Checked extends Machine {
  /** Minutes since the last answer, as the next check will see it. */
  minutes(): number;
}

async function check({
  process: name = "worker",
  port,
  minutes,
  pid,
  exitStatus,
}: Situation): Promise<Checked> {
  const found = machine();
  const state = join(found.root, "run");
  const last = join(state, "last-answer");
  mkdirSync(state);
  if (minutes !== undefined) {
    const then = Date.now() / 1_000 - minutes * 60 - 5;
    writeFileSync(last, "");
    utimesSync(last, then, then);
  }
  if (exitStatus !== undefined) writeFileSync(join(found.root, "exit-status"), `${exitStatus}\n`);
  if (pid !== undefined) writeFileSync(join(found.root, "main-pid"), `${pid}\n`);
  const { code, output } = await found.run(CHECK, {
    RUNTIME_DIRECTORY: state,
    PROCESS: name,
    HEALTH_PORT: String(port),
    INSTANCE: "i-0123456789abcdef0",
    METRIC_NAMESPACE: "hotdog-bot",
  });
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(existsSync(last)).toBe(true);
  return { ...found, minutes: () => Math.floor((Date.now() - statSync(last).mtimeMs) / 60_000) };
}

/** A process that hangs. */
function running(): { pid: number; killed(): boolean } {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1_000)"]);
  onTestFinished(() => void child.kill("SIGKILL"));
  return { pid: child.pid ?? 0, killed: () => child.signalCode === "SIGKILL" };
}

const acts = (found: Machine): string[] => found.calls().filter((call) => !call.startsWith("systemctl show"));

it("leaves a process alone that answers", async () => {
  const { port } = await startHealth(() => 200);
  const found = await check({ port, minutes: 19 });
  expect(acts(found)).toEqual([]);
  expect(found.minutes()).toBe(0);
});

it.each([
  [200, 1],
  [503, 0],
])("reports of a bot whose readiness is %i that it is ready: %i", async (status, value) => {
  const { port } = await startHealth((path) => (path === "/readyz" ? status : 200));
  expect(acts(await check({ process: "bot", port, minutes: 1 }))).toEqual([
    `aws cloudwatch put-metric-data --namespace hotdog-bot --metric-name BotReady --value ${value}`,
  ]);
});

it.each([undefined, 0, 4, 6, 19])("after %s minutes without an answer waits", async (minutes) => {
  const child = running();
  const port = await freePort();
  const found = await check({ port, pid: child.pid, ...(minutes === undefined ? {} : { minutes }) });
  expect(acts(found)).toEqual([]);
  expect(child.killed()).toBe(false);
});

it.each([5, 10, 15])(
  "after %s minutes without an answer ends the process, which systemd starts anew",
  async (minutes) => {
    const child = running();
    const found = await check({ port: await freePort(), pid: child.pid, minutes });
    expect(acts(found)).toEqual([]);
    await vi.waitFor(() => expect(child.killed()).toBe(true));
  },
);

it("finds no process to end while systemd waits to start one", async () => {
  expect(acts(await check({ port: await freePort(), minutes: 5 }))).toEqual([]);
});

it.each([20, 21])("after %s minutes without an answer has the instance replaced", async (minutes) => {
  expect(acts(await check({ port: await freePort(), minutes }))).toEqual([GIVE_UP]);
});

it("does not give up an instance that waits for its token: another one would wait, too", async () => {
  const found = await check({ port: await freePort(), minutes: 60, exitStatus: 78 });
  expect(acts(found)).toEqual([]);
  expect(found.minutes()).toBe(0);
});
