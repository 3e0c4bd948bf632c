/** Gives the stack another bot token: npm run token [-- NAME]. Reads it from the terminal or from standard input. */
import { contextOf } from "../context.ts";
import { readSizes } from "../sizes.ts";
import { tokenParameter } from "./parameter.ts";
import { setToken } from "./set.ts";

async function main(stack?: string): Promise<void> {
  const context = contextOf([], process.cwd());
  const { name } = readSizes((key) => (key === "name" ? (stack ?? context(key)) : context(key)));
  const parameter = tokenParameter(name);
  try {
    const kept = await setToken(parameter, process);
    if (!kept) throw new Error("No token was given.");
    process.stdout.write(
      `Processes that wait for one start within a minute. Workers that run read it when they are replaced:\n` +
        `  aws autoscaling start-instance-refresh --auto-scaling-group-name ${name}-workers\n`,
    );
  } finally {
    parameter.close();
  }
}

await main(process.argv[2]).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
