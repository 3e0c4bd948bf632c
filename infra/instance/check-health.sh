#!/bin/bash
# Every minute: a process that no longer answers is killed, and where that does not help the instance gives itself up and
# is replaced. The bot also reports whether it is ready, for the alarm.
set -euo pipefail

# Minutes without an answer.
readonly KILL_EVERY=5 GIVE_UP=20
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

property() {
  systemctl show --property "$1" --value hotdog-bot.service
}

# Where the settings are wrong, another instance would be no better.
if answers livez || [ "$(property ExecMainStatus)" = "$NOT_CONFIGURED" ] || [ ! -e "$state" ]; then
  touch "$state"
  exit 0
fi

minutes=$((($(date +%s) - $(stat --format %Y "$state")) / 60))
if [ "$minutes" -ge "$GIVE_UP" ]; then
  echo "no answer for $minutes minutes: this instance gives itself up" >&2
  aws autoscaling set-instance-health --instance-id "$INSTANCE" --health-status Unhealthy
elif [ "$minutes" -gt 0 ] && [ $((minutes % KILL_EVERY)) = 0 ]; then
  # systemd starts it anew. One that hangs would not hear SIGTERM; its jobs come to another worker in 20 seconds.
  pid=$(property MainPID)
  if [ "$pid" != 0 ]; then
    echo "no answer for $minutes minutes: ending process $pid" >&2
    kill -KILL "$pid"
  fi
fi
