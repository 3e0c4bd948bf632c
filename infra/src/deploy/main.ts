/** The one command: asks for what only the operator has, prepares the account and region, and brings everything up to date. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { contextOf } from "../context.ts";
import { readSizes } from "../sizes.ts";
import { tokenParameter } from "../token/parameter.ts";
import { setToken } from "../token/set.ts";

const USAGE = `Usage: npm run deploy -- [-c SIZE=VALUE]… [OPTION OF cdk deploy]…

Makes the AWS stack, or brings it up to date: asks for the bot token where there is none yet, prepares the account and region, and
deploys. Region and credentials are what the AWS CLI finds. infra/README.md has the sizes, what it costs, and how to remove it.

  -c SIZE=VALUE  such as -c workersMax=8; -c name=NAME for another stack than the first
  --help         this text
`;

async function main(args: string[]): Promise<void> {
  if (args.includes("--help")) {
    process.stdout.write(USAGE);
    return;
  }
  const { name } = readSizes(contextOf(args, process.cwd()));
  const parameter = tokenParameter(name);
  try {
    const has = (await parameter.exists()) || (process.stdin.isTTY && (await setToken(parameter, process)));
    if (!has)
      process.stdout.write(`There is no bot token yet; the bot waits for it: npm run token -- ${name}\n`);
  } finally {
    parameter.close();
  }
  // Does nothing where it has been done.
  await cdk(["bootstrap"]);
  await cdk(["deploy", ...args]);
}

async function cdk(args: string[]): Promise<void> {
  const child = spawn("cdk", args, { stdio: "inherit", shell: process.platform === "win32" });
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error(`cdk ${args[0]} did not succeed.`);
}

await main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
