import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { describePeer } from "./peer.ts";
import { pythonPeer, readVersions } from "./python.ts";

const execute = promisify(execFile);
const INFRA = join(import.meta.dirname, "../infra");

const { "cfn-lint": version } = await readVersions("cfn-lint");
const found = await pythonPeer("cfn-lint");
const isInstalled = existsSync(join(INFRA, "node_modules/aws-cdk-lib"));
const peer = isInstalled
  ? found
  : { missing: "infra has no packages. Install them with: npm --prefix infra ci" };

describePeer(`cfn-lint ${version}`, peer, ({ program }) => {
  it("finds nothing wrong with the CloudFormation template", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hotdog-template-"));
    try {
      await execute("npm", ["run", "--silent", "synth", "--", "--output", folder], { cwd: INFRA });
      const templates = (await readdir(folder)).filter((name) => name.endsWith(".template.json"));
      expect(templates).toHaveLength(1);
      // Exits with 4 for warnings and 2 for errors, which its output explains.
      const { stdout } = await execute(program("cfn-lint"), ["--template", join(folder, templates[0] ?? "")]);
      expect(stdout).toBe("");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
