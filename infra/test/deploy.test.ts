import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { contextIn } from "../src/deploy/context-in.ts";
import { operate } from "./operator.ts";

const KEPT = [{ Name: "/hotdog-bot/discord-token" }];

let folder: string;
let env: Record<string, string>;

/** A cdk that only writes down how it is called. */
beforeEach(() => {
  folder = mkdtempSync(join(process.env["TEST_FOLDER"] ?? "", "deploy-"));
  const cdk = '#!/bin/sh\necho "$*" >>"$CALLS"\n[ "$1" != "$FAILING" ]\n';
  writeFileSync(join(folder, "cdk"), cdk, { mode: 0o755 });
  env = { CALLS: join(folder, "calls"), FAILING: "", PATH: `${folder}:${process.env["PATH"]}` };
});

const calls = (): string[] => readFileSync(join(folder, "calls"), "utf8").split("\n").slice(0, -1);

describe("npm run deploy", () => {
  it("prepares the region and deploys, with what it was told", async () => {
    const args = ["-c", "workersMax=8", "--require-approval", "never"];
    const { code, out, err } = await operate("deploy", { args, env, kept: KEPT });
    expect({ code, out, err }).toEqual({ code: 0, out: "", err: "" });
    expect(calls()).toEqual(["bootstrap", "deploy -c workersMax=8 --require-approval never"]);
  });

  it("tells how to bring in the token where there is none, and goes on", async () => {
    const { code, out } = await operate("deploy", { args: ["-c", "name=hotdog-test"], env, kept: KEPT });
    expect(code).toBe(0);
    expect(out).toBe("There is no bot token yet; the bot waits for it: npm run token -- hotdog-test\n");
    expect(calls()).toHaveLength(2);
  });

  it("deploys nothing where the region could not be prepared", async () => {
    const { code, err } = await operate("deploy", { env: { ...env, FAILING: "bootstrap" }, kept: KEPT });
    expect({ code, err }).toEqual({ code: 1, err: "cdk bootstrap did not succeed.\n" });
    expect(calls()).toEqual(["bootstrap"]);
  });

  it("says what is wrong with a size before it touches anything", async () => {
    const { code, err } = await operate("deploy", { args: ["-c", "workersMin=9"], env, kept: KEPT });
    expect(code).toBe(1);
    expect(err).toContain("workersMax must be greater than workersMin");
  });
});

it("finds the context among the arguments", () => {
  expect(
    contextIn([
      "--require-approval",
      "never",
      "-c",
      "name=hotdog-test",
      "--context",
      "alarmEmail=a=b@example.org",
    ]),
  ).toEqual({ name: "hotdog-test", alarmEmail: "a=b@example.org" });
});
