import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import project from "../package.json" with { type: "json" };
import { contextOf } from "../src/context.ts";
import { operate, TOKEN } from "./operator.ts";

const KEPT = [{ Name: "/hotdog-bot/discord-token" }];

let folder: string;
let env: Record<string, string>;

/** A stand-in for cdk that records how it is called. */
beforeEach(() => {
  folder = mkdtempSync(join(process.env["TEST_FOLDER"] ?? "", "deploy-"));
  const cdk = '#!/bin/sh\necho "$*" >>"$CALLS"\n[ "$1" != "$FAILING" ]\n';
  writeFileSync(join(folder, "cdk"), cdk, { mode: 0o755 });
  env = { CALLS: join(folder, "calls"), FAILING: "", PATH: `${folder}:${process.env["PATH"]}` };
});

const calls = (): string[] => readFileSync(join(folder, "calls"), "utf8").split("\n").slice(0, -1);

describe("npm run deploy", () => {
  it("prepares the region and deploys, with its arguments", async () => {
    const args = ["-c", "workersMax=8", "--require-approval", "never"];
    const { code, out, err } = await operate("deploy", { args, env, kept: KEPT });
    expect({ code, out, err }).toEqual({ code: 0, out: "", err: "" });
    expect(calls()).toEqual(["bootstrap", "deploy -c workersMax=8 --require-approval never"]);
  });

  it("says how to set the missing token, and continues", async () => {
    const { code, out } = await operate("deploy", { args: ["-c", "name=hotdog-test"], env, kept: KEPT });
    expect(code).toBe(0);
    expect(out).toBe("The bot waits for its token: npm run token -- hotdog-test\n");
    expect(calls()).toHaveLength(2);
  });

  it("prints its usage on request, and changes nothing", async () => {
    const { code, out } = await operate("deploy", {
      args: ["-c", "workersMax=8", "--help"],
      env,
      kept: KEPT,
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: npm run deploy -- /);
    expect(existsSync(join(folder, "calls"))).toBe(false);
  });

  it("prints its version on request, without a region, and changes nothing", async () => {
    const { code, out } = await operate("deploy", { args: ["--version"], env: { ...env, AWS_REGION: "" } });
    expect({ code, out }).toEqual({ code: 0, out: `${project.version}\n` });
    expect(existsSync(join(folder, "calls"))).toBe(false);
  });

  it("deploys nothing if the region could not be prepared", async () => {
    const { code, err } = await operate("deploy", { env: { ...env, FAILING: "bootstrap" }, kept: KEPT });
    expect({ code, err }).toEqual({ code: 1, err: "cdk bootstrap failed.\n" });
    expect(calls()).toEqual(["bootstrap"]);
  });

  it("reports an invalid option before it changes anything", async () => {
    const { code, err } = await operate("deploy", { args: ["-c", "workersMin=9"], env, kept: KEPT });
    expect(code).toBe(1);
    expect(err).toContain("workersMax must be greater than workersMin");
  });
});

describe("the context", () => {
  const write = (file: string, content: unknown): void =>
    writeFileSync(join(folder, file), JSON.stringify(content));

  it("is read from the arguments, then from cdk.json, then from cdk.context.json", () => {
    write("cdk.json", { app: "node", context: { workersMax: 8, logLevel: "warn" } });
    write("cdk.context.json", { workersMax: 9, logLevel: "debug", backlogPerWorker: 30 });
    const args = ["--require-approval", "never", "-c", "logLevel=info", "--context", "alarmEmail=a=b@c.org"];
    const context = contextOf(args, folder);
    const keys = ["logLevel", "workersMax", "backlogPerWorker", "alarmEmail", "name"];
    expect(keys.map(context)).toEqual(["info", 8, 30, "a=b@c.org", undefined]);
  });

  it("names the stack for deploy and token", async () => {
    write("cdk.context.json", { name: "hotdog-test" });
    const { out } = await operate("deploy", { env, cwd: folder, kept: [] });
    expect(out).toContain("npm run token -- hotdog-test\n");
    const { kept } = await operate("token", { input: TOKEN, cwd: folder });
    expect(kept).toMatchObject([{ Name: "/hotdog-test/discord-token" }]);
  });
});
