import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { freePort } from "../../test/free-port.ts";
import { archiveOf, machine, type Machine } from "./machine.ts";
import { STACK_ID, userDataOf } from "./rendered.ts";
import { startS3, startSqs } from "./servers.ts";
import { synthesize } from "./stack.ts";

const TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.G4bCdE.abcdefghijklmnopqrstuvwxyz0123456789AB";
const SECRET = "sixty-four-characters-that-secrets-manager-has-made-up-by-chance";
const UNHEALTHY =
  "aws autoscaling set-instance-health --instance-id i-0123456789abcdef0 --health-status Unhealthy --no-should-respect-grace-period";
const SIGNAL = `aws cloudformation signal-resource --stack-name ${STACK_ID} `;

/** The archive that the stack ships. */
function archive(): string {
  const { folder } = synthesize();
  const name = readdirSync(folder).find((found) => /^asset\.[0-9a-f]+$/.test(found)) ?? "";
  return archiveOf(join(folder, name));
}

/** Statuses signaled to CloudFormation. */
function signals(found: Machine): string[] {
  return found
    .calls()
    .filter((call) => call.startsWith(SIGNAL))
    .map((call) => call.split(" ").at(-1) ?? "");
}

describe("user data", () => {
  it("installs a worker, which takes jobs, is ready, and stops in order", async () => {
    const [sqs, s3, port] = [await startSqs(), await startS3("hotdog-bot-store"), await freePort()];
    const script = userDataOf("Workers", {
      Work: sqs.urlOf("Work"),
      Replies: sqs.urlOf("Replies"),
      "AWS::Region": "us-east-1",
    }).replace("HEALTH_PORT=9000", `HEALTH_PORT=${port}`);
    const worker = machine();
    const { code, output } = await worker.run(script, {
      ARCHIVE: archive(),
      TOKEN,
      SECRET,
      // Less than the test's time-out.
      READY_TIMEOUT_S: "90",
      SERVICE_ENV: [
        "AWS_ACCESS_KEY_ID=test",
        "AWS_SECRET_ACCESS_KEY=test",
        `AWS_ENDPOINT_URL_S3=${s3.endpoint}`,
        "S3_FORCE_PATH_STYLE=true",
      ].join(" "),
    });
    expect({ code, output, log: worker.log() }).toMatchObject({ code: 0 });
    expect(worker.log()).toContain("the worker takes jobs");
    expect(signals(worker)).toEqual(["SUCCESS"]);

    // Only production dependencies.
    const app = join(worker.root, "opt/hotdog-bot");
    expect(existsSync(join(app, "node_modules/discord.js"))).toBe(true);
    expect(existsSync(join(app, "node_modules/vitest"))).toBe(false);

    const units = join(worker.root, "etc/systemd/system");
    expect(readdirSync(units)).toHaveLength(3);
    expect(statSync(join(units, "hotdog-bot.service")).mode & 0o777).toBe(0o644);
    const agent = readFileSync(
      join(worker.root, "opt/aws/amazon-cloudwatch-agent/etc/hotdog-bot.json"),
      "utf8",
    );
    expect(JSON.parse(agent)).toMatchObject({
      logs: {
        logs_collected: {
          files: {
            collect_list: [
              { log_group_name: "/hotdog-bot", log_stream_name: "{instance_id}/worker" },
              { log_group_name: "/hotdog-bot", log_stream_name: "{instance_id}/boot" },
            ],
          },
        },
      },
    });

    worker.stop();
    await vi.waitFor(() => expect(worker.exitStatus()).toBe(0), { timeout: 20_000 });
    expect(worker.log()).toContain('"msg":"stopped"');
    expect(filesWith(worker.root, [TOKEN, SECRET])).toEqual([]);
  });

  it("succeeds with a bot that waits for its token, and logs it", async () => {
    const bot = machine();
    const { code } = await bot.run(userDataOf("Bot"), { ARCHIVE: archive(), PACKAGES: "no" });
    expect(code).toBe(0);
    expect(signals(bot)).toEqual(["SUCCESS"]);
    const [line = ""] = bot.log().split("\n");
    expect(JSON.parse(line)).toMatchObject({
      level: 50,
      msg: "there is no bot token yet: run npm run token on your own machine; trying again in a moment",
    });
    expect(bot.exitStatus()).toBe(78);
  });

  it("logs in one line of JSON why the token cannot be read", async () => {
    const bot = machine();
    const port = await freePort();
    const { code } = await bot.run(userDataOf("Bot").replace("HEALTH_PORT=9000", `HEALTH_PORT=${port}`), {
      ARCHIVE: archive(),
      PACKAGES: "no",
      READY_TIMEOUT_S: "1",
      TOKEN,
      DENIED: "yes",
    });
    expect(code).not.toBe(0);
    await vi.waitFor(() => expect(bot.exitStatus()).toBe(1));
    const [line = ""] = bot.log().split("\n");
    expect(JSON.parse(line)).toMatchObject({
      msg: expect.stringContaining("(AccessDenied):  GetParameter    is not"),
    });
  });

  it("succeeds without a deployment, as when a worker is added, although CloudFormation refuses the signal", async () => {
    const bot = machine();
    const { code, output } = await bot.run(userDataOf("Bot"), {
      ARCHIVE: archive(),
      PACKAGES: "no",
      DEPLOYMENT: "no",
    });
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain("CloudFormation did not accept the signal");
    expect(bot.calls()).not.toContain(UNHEALTHY);
  });

  it("requests its replacement if the installation fails without a deployment", async () => {
    const bot = machine();
    const { code } = await bot.run(userDataOf("Bot"), { ARCHIVE: "/nowhere", DEPLOYMENT: "no" });
    expect(code).not.toBe(0);
    expect(bot.calls().at(-1)).toBe(UNHEALTHY);
  });

  it("rolls the deployment back, and requests its replacement, if the process is not ready in time", async () => {
    const bot = machine();
    const port = await freePort();
    const script = userDataOf("Bot").replace("HEALTH_PORT=9000", `HEALTH_PORT=${port}`);
    const { code, output } = await bot.run(script, {
      ARCHIVE: archive(),
      PACKAGES: "no",
      START: "no",
      READY_TIMEOUT_S: "1",
    });
    expect(code).not.toBe(0);
    expect(output).toContain("not ready after 1 seconds");
    expect(signals(bot)).toEqual(["FAILURE"]);
    expect(bot.calls().at(-1)).toBe(UNHEALTHY);
  });

  it("rolls the deployment back, and requests its replacement, if the code cannot be downloaded", async () => {
    const bot = machine();
    const { code } = await bot.run(userDataOf("Bot"), { ARCHIVE: "/nowhere" });
    expect(code).not.toBe(0);
    expect(signals(bot)).toEqual(["FAILURE"]);
    expect(bot.calls().at(-1)).toBe(UNHEALTHY);
  });
});

/** Paths below a folder, but for packages, whose files hold one of these texts. */
function filesWith(folder: string, texts: string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && !entry.parentPath.includes("node_modules") && entry.name !== "swapfile",
    )
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => texts.some((text) => readFileSync(path, "utf8").includes(text)));
}
