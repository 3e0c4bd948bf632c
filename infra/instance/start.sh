#!/bin/bash
# Run by the service: reads the secrets and becomes the bot or a worker. The secrets are only in its environment, not on disk.
set -euo pipefail
cd "$(dirname "$0")/../.."

# EX_CONFIG of sysexits.h: nothing can be fixed on this machine. check-health.sh uses it too.
readonly NOT_CONFIGURED=78

say() {
  printf '{"level":50,"time":"%(%Y-%m-%dT%H:%M:%SZ)T","msg":"%s"}\n' -1 "$1"
}

# Errors are separated from the token, because the AWS CLI may print a warning and succeed.
errors=$(mktemp)
status=0
DISCORD_TOKEN=$(
  aws ssm get-parameter --name "$TOKEN_PARAMETER" --with-decryption --query Parameter.Value --output text 2>"$errors"
) || status=$?
reason=$(<"$errors")
rm "$errors"
if [ "$status" != 0 ]; then
  case $reason in
    *ParameterNotFound*)
      say "there is no bot token yet: run npm run token on your own machine; trying again in a moment"
      exit "$NOT_CONFIGURED"
      ;;
  esac
  say "the bot token $TOKEN_PARAMETER cannot be read: ${reason//[\"\\$'\n']/ }"
  exit 1
fi
export DISCORD_TOKEN

if [ -n "${LABELER_SECRET_ID:-}" ]; then
  LABELER_SECRET=$(aws secretsmanager get-secret-value --secret-id "$LABELER_SECRET_ID" --query SecretString --output text)
  export LABELER_SECRET
fi

exec node-24 --import ./src/platform/compile-cache.ts "src/$PROCESS/main.ts"
