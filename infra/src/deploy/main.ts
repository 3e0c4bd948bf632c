/** Asks for the bot token, prepares the account and region, and creates or updates the stack. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import project from "../../package.json" with { type: "json" };
import { contextOf } from "../context.ts";
import { readSizes } from "../sizes.ts";
import { tokenParameter } from "../token/parameter.ts";
import { setToken } from "../token/set.ts";

const USAGE = `Usage: npm run deploy -- [-c KEY=VALUE]… [OPTION OF cdk deploy]…

Creates or updates the AWS stack: asks for the bot token if it is not set yet, prepares the account and region, and deploys. Region
and credentials are those of the AWS CLI. infra/README.md has the options, the costs, and how to remove the stack.

  -c KEY=VALUE  an option such as workersMax=8; name=NAME for a second stack
  --help        this text
  --version     version of hotdog-bot
`;

async function main(args: string[]): Promise<void> {
  if (args.includes("--help")) {
    process.stdout.write(USAGE);
    return;
  }
  if (args.includes("--version")) {
    process.stdout.write(`${project.version}\n`);
    return;
  }
  const { name } = readSizes(contextOf(args, process.cwd()));
  const parameter = tokenParameter(name);
  try {
    const has = (await parameter.exists()) || (process.stdin.isTTY && (await setToken(parameter, process)));
    if (!has) process.stdout.write(`The bot waits for its token: npm run token -- ${name}\n`);
  } finally {
    parameter.close();
  }
  // Does nothing if it was done before.
  await cdk(["bootstrap"]);
  await cdk(["deploy", ...args]);
}

async function cdk(args: string[]): Promise<void> {
  const child = spawn("cdk", args, { stdio: "inherit", shell: process.platform === "win32" });
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error(`cdk ${args[0]} failed.`);
}

await main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
