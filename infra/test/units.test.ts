import { globSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findTool, type Tool } from "./tool.ts";

const INFRA = join(import.meta.dirname, "..");
const UNITS = globSync("instance/*.{service,timer}", { cwd: INFRA });

let systemd: Tool;

beforeAll(async () => {
  systemd = await findTool("systemd-analyze", ["systemd", "libsystemd-shared", "libsystemd0"]);
});

/** With the scripts where they are here: systemd looks whether they can be run. */
function unitsHere(change: (unit: string) => string = (unit) => unit): string[] {
  const folder = mkdtempSync(join(process.env["TEST_FOLDER"] ?? "", "units-"));
  return UNITS.map((unit) => {
    const path = join(folder, basename(unit));
    const text = readFileSync(join(INFRA, unit), "utf8").replaceAll("/opt/hotdog-bot/infra", INFRA);
    writeFileSync(path, change(text));
    return path;
  });
}

describe("the units", () => {
  it("are three: the service, and a timer with what it starts", () => {
    expect(UNITS.map((unit) => basename(unit)).toSorted()).toEqual([
      "hotdog-bot-health.service",
      "hotdog-bot-health.timer",
      "hotdog-bot.service",
    ]);
  });

  it("have nothing that systemd complains of", async () => {
    expect(await systemd.run(["verify", "--man=no", "--recursive-errors=no", ...unitsHere()])).toBe("");
  });

  it("would be told", async () => {
    const wrong = unitsHere((unit) => unit.replace("ProtectSystem=", "ProtectSistem="));
    const said = await systemd.run(["verify", "--man=no", "--recursive-errors=no", ...wrong]).catch(String);
    expect(said).toContain("ProtectSistem");
  });

  it.each([
    ["hotdog-bot.service", 20],
    ["hotdog-bot-health.service", 26],
  ])("%s is exposed to %i of 100 at the most", async (unit, most) => {
    const path = unitsHere().find((found) => basename(found) === unit) ?? "";
    const said = await systemd.run(["security", "--offline=yes", `--threshold=${most}`, "--no-pager", path]);
    expect(said).toContain("Overall exposure level");
  });

  it("stop the process before what it needs to finish its jobs and to tell of it", () => {
    const service = readFileSync(join(INFRA, "instance/hotdog-bot.service"), "utf8");
    const after = /^After=(.+)$/m.exec(service)?.[1]?.split(" ");
    expect(after).toEqual(["network-online.target", "amazon-cloudwatch-agent.service"]);
  });

  it("start a process anew that has ended, for ever, and end it by a signal to itself alone", () => {
    const service = readFileSync(join(INFRA, "instance/hotdog-bot.service"), "utf8").split("\n");
    expect(service).toEqual(
      expect.arrayContaining(["Restart=always", "StartLimitIntervalSec=0", "KillMode=mixed"]),
    );
  });

  it("give a process longer to stop than it takes", () => {
    const service = readFileSync(join(INFRA, "instance/hotdog-bot.service"), "utf8");
    const begin = readFileSync(join(INFRA, "../src/process/start-process.ts"), "utf8");
    const deadline = Number(/STOP_DEADLINE = ([\d_]+)/.exec(begin)?.[1]?.replaceAll("_", "")) / 1_000;
    expect(deadline).toBeGreaterThan(0);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(service)?.[1])).toBeGreaterThan(deadline);
  });
});
