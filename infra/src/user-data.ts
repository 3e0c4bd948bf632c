import type { Stack } from "aws-cdk-lib";
import { UserData } from "aws-cdk-lib/aws-ec2";
import type { Asset } from "aws-cdk-lib/aws-s3-assets";

/** Names as the scripts in instance/ and the process read them. No secret: anyone on the instance can read user data. */
export type Settings = Record<string, string>;

/**
 * What an instance does when it is started for the first time: notes its settings, fetches the code and installs it. All
 * else is in the code itself, instance/install.sh. DESTDIR is empty but in tests. The stack goes by its id: asked for by
 * name, CloudFormation looks for the right to signal to every stack of that name, which the role does not have.
 */
export function userData(stack: Stack, code: Asset, settings: Settings): UserData {
  return UserData.custom(`#!/bin/bash
set -euo pipefail

DESTDIR=\${DESTDIR:-}
instance=$(<"$DESTDIR/var/lib/cloud/data/instance-id")

# Tells CloudFormation how it went, which then goes on with the deployment or takes it back. Without a deployment, as when
# there is much to do, CloudFormation refuses to be told.
tell() {
  aws cloudformation signal-resource --stack-name "$STACK" --logical-resource-id "$GROUP_RESOURCE" \\
    --unique-id "$instance" --status "$1" || echo "CloudFormation was not told"
}

# Without a deployment nobody but the group itself can replace this instance.
fail() {
  tell FAILURE
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
tell SUCCESS
`);
}
