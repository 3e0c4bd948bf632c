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

/** Points the unit at the scripts of this checkout, because systemd checks that they are executable. */
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
  it("are three: the service, and a timer with the service it starts", () => {
    expect(UNITS.map((unit) => basename(unit)).toSorted()).toEqual([
      "hotdog-bot-health.service",
      "hotdog-bot-health.timer",
      "hotdog-bot.service",
    ]);
  });

  it("pass systemd-analyze verify", async () => {
    expect(await systemd.run(["verify", "--man=no", "--recursive-errors=no", ...unitsHere()])).toBe("");
  });

  it("systemd reports a unit with a mistake", async () => {
    const wrong = unitsHere((unit) => unit.replace("ProtectSystem=", "ProtectSistem="));
    const said = await systemd.run(["verify", "--man=no", "--recursive-errors=no", ...wrong]).catch(String);
    expect(said).toContain("ProtectSistem");
  });

  it.each([
    ["hotdog-bot.service", 20],
    ["hotdog-bot-health.service", 26],
  ])("%s has an exposure of at most %i of 100", async (unit, most) => {
    const path = unitsHere().find((found) => basename(found) === unit) ?? "";
    const said = await systemd.run(["security", "--offline=yes", `--threshold=${most}`, "--no-pager", path]);
    expect(said).toContain("Overall exposure level");
  });

  it("stop the process before the network and the log agent", () => {
    const service = readFileSync(join(INFRA, "instance/hotdog-bot.service"), "utf8");
    const after = /^After=(.+)$/m.exec(service)?.[1]?.split(" ");
    expect(after).toEqual(["network-online.target", "amazon-cloudwatch-agent.service"]);
  });

  it("restart a process without limit, and stop it with a signal to the main process only", () => {
    const service = readFileSync(join(INFRA, "instance/hotdog-bot.service"), "utf8").split("\n");
    expect(service).toEqual(
      expect.arrayContaining(["Restart=always", "StartLimitIntervalSec=0", "KillMode=mixed"]),
    );
  });

  it("give a process enough time to stop", () => {
    const service = readFileSync(join(INFRA, "instance/hotdog-bot.service"), "utf8");
    const begin = readFileSync(join(INFRA, "../src/process/start-process.ts"), "utf8");
    const deadline = Number(/STOP_DEADLINE_MS = ([\d_]+)/.exec(begin)?.[1]?.replaceAll("_", "")) / 1_000;
    expect(deadline).toBeGreaterThan(0);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(service)?.[1])).toBeGreaterThan(deadline);
  });
});
