import { globSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { userDataOf } from "./rendered.ts";
import { findTool, type Tool } from "./tool.ts";

const INFRA = join(import.meta.dirname, "..");
/**
 * Limit of user data, in bytes.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
 */
const MOST_USER_DATA = 16_384;

let shellcheck: Tool;

beforeAll(async () => {
  shellcheck = await findTool("shellcheck", ["shellcheck", "libgmp10", "libffi8"]);
});

describe.each(["Bot", "Workers"] as const)("the user data of the group %s", (group) => {
  it("passes shellcheck", async () => {
    const file = join(mkdtempSync(join(process.env["TEST_FOLDER"] ?? "", "user-data-")), "user-data.sh");
    writeFileSync(file, userDataOf(group));
    expect(await shellcheck.run([file])).toBe("");
  });

  it("is short enough for EC2", () => {
    expect(userDataOf(group).length).toBeLessThan(MOST_USER_DATA / 2);
  });
});

it.each(globSync(["instance/*.sh", "test/machine/*"], { cwd: INFRA }))(
  "%s passes shellcheck",
  async (script) => {
    expect(await shellcheck.run([join(INFRA, script)])).toBe("");
  },
);

it("shellcheck reports a script with a mistake", async () => {
  const file = join(mkdtempSync(join(process.env["TEST_FOLDER"] ?? "", "wrong-")), "wrong.sh");
  writeFileSync(file, "#!/bin/bash\nrm -rf $HOME/$1\n");
  await expect(shellcheck.run([file])).rejects.toThrow("SC2086");
});
