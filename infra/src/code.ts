import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Stage } from "aws-cdk-lib";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import type { Construct } from "constructs";

const REPOSITORY = join(import.meta.dirname, "../..");

/** Paths that run on an instance. Tests, the local Discord and the documentation do not. */
const SHIPPED = ["package.json", "package-lock.json", "src", "infra/instance"];

/**
 * Adds an archive of the repository's production files, which S3 stores under a hash of its content. The files are copied to a
 * folder first, because with a list of exclusions the CDK would look at every file of every package.
 */
export function code(scope: Construct): Asset {
  const folder = join(Stage.of(scope)?.outdir ?? "cdk.out", "code");
  rmSync(folder, { recursive: true, force: true });
  for (const path of SHIPPED)
    cpSync(join(REPOSITORY, path), join(folder, path), {
      recursive: true,
      filter: (source) => !source.endsWith(".md"),
    });
  return new Asset(scope, "Code", { path: folder });
}
