import type { Stack } from "aws-cdk-lib";
import { UserData } from "aws-cdk-lib/aws-ec2";
import type { Asset } from "aws-cdk-lib/aws-s3-assets";

/** Environment of the scripts in instance/ and of the process. Without secrets: anyone on the instance can read user data. */
export type Settings = Record<string, string>;

/**
 * Returns the script of an instance's first start: it writes the settings, downloads the code and installs it. Everything else
 * is in instance/install.sh. DESTDIR is empty except in tests. STACK is the id of the stack, because signaling by name requires
 * a permission for all stacks of that name.
 */
export function userData(stack: Stack, code: Asset, settings: Settings): UserData {
  return UserData.custom(`#!/bin/bash
set -euo pipefail

DESTDIR=\${DESTDIR:-}
instance=$(<"$DESTDIR/var/lib/cloud/data/instance-id")

# Reports the result to CloudFormation, which then continues the deployment or rolls it back. It refuses the signal if no
# deployment is in progress, for example when the group has scaled out.
signal() {
  aws cloudformation signal-resource --stack-name "$STACK" --logical-resource-id "$GROUP_RESOURCE" \\
    --unique-id "$instance" --status "$1" || echo "CloudFormation did not accept the signal"
}

# Without a deployment only the group itself can replace this instance.
fail() {
  signal FAILURE
  aws autoscaling set-instance-health --instance-id "$instance" --health-status Unhealthy \\
    --no-should-respect-grace-period
}

cat >"$DESTDIR/etc/hotdog-bot.env" <<'SETTINGS'
${Object.entries({ AWS_REGION: stack.region, STACK: stack.stackId, ...settings })
  .map(([name, value]) => `${name}=${value}`)
  .join("\n")}
SETTINGS
echo "INSTANCE=$instance" >>"$DESTDIR/etc/hotdog-bot.env"
set -a
# shellcheck source=/dev/null
. "$DESTDIR/etc/hotdog-bot.env"
set +a
trap fail ERR

archive=$(mktemp)
aws s3 cp --only-show-errors '${code.s3ObjectUrl}' "$archive"
mkdir -p "$DESTDIR/opt/hotdog-bot"
python3 -m zipfile -e "$archive" "$DESTDIR/opt/hotdog-bot"
rm "$archive"
bash "$DESTDIR/opt/hotdog-bot/infra/instance/install.sh"
signal SUCCESS
`);
}
