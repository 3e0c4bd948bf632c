import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Stage } from "aws-cdk-lib";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import type { Construct } from "constructs";

const REPOSITORY = join(import.meta.dirname, "../..");

/** What runs on an instance, and nothing else: tests, the local Discord and the pictures stay at home. */
const SHIPPED = ["package.json", "package-lock.json", "src", "infra/instance"];

/**
 * The repository's production files; an archive on S3 that is named by a hash of what is in it. They are laid out in a
 * folder first: told what to leave out, the CDK would look at every file of every package.
 */
export function code(scope: Construct): Asset {
  const folder = join(Stage.of(scope)?.outdir ?? "cdk.out", "code");
  rmSync(folder, { recursive: true, force: true });
  for (const path of SHIPPED) cpSync(join(REPOSITORY, path), join(folder, path), { recursive: true });
  return new Asset(scope, "Code", { path: folder });
}
