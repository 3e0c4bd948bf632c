import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";

/** Shows the AWS SDK these settings, and none of this machine's own, until `vi.unstubAllEnvs()`. */
export function stubAws(values: Record<string, string | undefined> = {}): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  const stubbed = {
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: join(tmpdir(), "no-such-aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(tmpdir(), "no-such-aws-credentials"),
    ...values,
  };
  for (const [name, value] of Object.entries(stubbed)) vi.stubEnv(name, value);
}
