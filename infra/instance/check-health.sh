#!/bin/bash
# Every minute: a process that no longer answers is restarted, and where that does not help the instance gives itself up and
# is replaced. The bot also reports whether it is ready, for the alarm.
set -euo pipefail

# Minutes without an answer.
readonly RESTART_EVERY=5 GIVE_UP=20
readonly NOT_CONFIGURED=78

state=${RUNTIME_DIRECTORY:?}/last-answer

answers() {
  curl --silent --fail --output /dev/null --max-time 5 "http://127.0.0.1:$HEALTH_PORT/$1"
}

if [ "$PROCESS" = bot ]; then
  ready=0
  if answers readyz; then ready=1; fi
  aws cloudwatch put-metric-data --namespace "$METRIC_NAMESPACE" --metric-name BotReady --value "$ready" ||
    echo "the heartbeat could not be sent" >&2
fi

status=$(systemctl show --property ExecMainStatus --value hotdog-bot.service)
# Where the settings are wrong, another instance would be no better.
if answers livez || [ "$status" = "$NOT_CONFIGURED" ] || [ ! -e "$state" ]; then
  touch "$state"
  exit 0
fi

minutes=$((($(date +%s) - $(stat --format %Y "$state")) / 60))
if [ "$minutes" -ge "$GIVE_UP" ]; then
  echo "no answer for $minutes minutes: this instance gives itself up" >&2
  aws autoscaling set-instance-health --instance-id "$INSTANCE" --health-status Unhealthy
elif [ "$minutes" -gt 0 ] && [ $((minutes % RESTART_EVERY)) = 0 ]; then
  echo "no answer for $minutes minutes: restarting" >&2
  systemctl try-restart --no-block hotdog-bot.service
fi
