import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
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
  /** Failed checks in a row before this one. */
  unanswered?: number;
  pid?: number;
  /** Exit status of the process. */
  exitStatus?: number;
}

interface Checked extends Machine {
  /** Failed checks in a row, including this one. */
  unanswered: number;
}

async function check({
  process: name = "worker",
  port,
  unanswered,
  pid,
  exitStatus,
}: Situation): Promise<Checked> {
  const found = machine();
  const state = join(found.root, "run");
  const count = join(state, "unanswered");
  mkdirSync(state);
  if (unanswered !== undefined) writeFileSync(count, `${unanswered}\n`);
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
  return { ...found, unanswered: Number(readFileSync(count, "utf8")) };
}

/** A process that hangs. */
function running(): { pid: number; killed(): boolean } {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1_000)"]);
  onTestFinished(() => void child.kill("SIGKILL"));
  return { pid: child.pid ?? 0, killed: () => child.signalCode === "SIGKILL" };
}

const acts = (found: Machine): string[] => found.calls().filter((call) => !call.startsWith("systemctl show"));

it("leaves a responding process alone", async () => {
  const { port } = await startHealth(() => 200);
  const found = await check({ port, unanswered: 18 });
  expect(acts(found)).toEqual([]);
  expect(found.unanswered).toBe(0);
});

it.each([
  [200, 1],
  [503, 0],
])("reports the readiness of a bot whose /readyz answers %i as %i", async (status, value) => {
  const { port } = await startHealth((path) => (path === "/readyz" ? status : 200));
  expect(acts(await check({ process: "bot", port, unanswered: 0 }))).toEqual([
    `aws cloudwatch put-metric-data --namespace hotdog-bot --metric-name BotReady --value ${value}`,
  ]);
});

it.each([
  [undefined, 1],
  [0, 1],
  [3, 4],
  [5, 6],
  [18, 19],
])("after %s failed checks counts %i and waits", async (before, now) => {
  const child = running();
  const port = await freePort();
  const found = await check({
    port,
    pid: child.pid,
    ...(before === undefined ? {} : { unanswered: before }),
  });
  expect(found.unanswered).toBe(now);
  expect(acts(found)).toEqual([]);
  expect(child.killed()).toBe(false);
});

it.each([4, 9, 14])(
  "one more failed check after %i kills the process, which systemd restarts",
  async (unanswered) => {
    const child = running();
    const found = await check({ port: await freePort(), pid: child.pid, unanswered });
    expect(acts(found)).toEqual([]);
    await vi.waitFor(() => expect(child.killed()).toBe(true));
  },
);

it("kills nothing while systemd waits to restart the process", async () => {
  expect(acts(await check({ port: await freePort(), unanswered: 4 }))).toEqual([]);
});

it.each([19, 20])("one more failed check after %i has the instance replaced", async (unanswered) => {
  expect(acts(await check({ port: await freePort(), unanswered }))).toEqual([GIVE_UP]);
});

it("keeps an instance that waits for its token, because another one would wait too", async () => {
  const found = await check({ port: await freePort(), unanswered: 59, exitStatus: 78 });
  expect(acts(found)).toEqual([]);
  expect(found.unanswered).toBe(0);
});
