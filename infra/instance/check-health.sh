#!/bin/bash
# Every minute: a process that no longer answers is killed, and where that does not help the instance gives itself up and
# is replaced. The bot also reports whether it is ready, for the alarm.
set -euo pipefail

# Checks in a row without an answer, of which there is one a minute.
readonly KILL_EVERY=5 GIVE_UP=20
readonly NOT_CONFIGURED=78

state=${RUNTIME_DIRECTORY:?}/unanswered

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
if answers livez || [ "$(property ExecMainStatus)" = "$NOT_CONFIGURED" ]; then
  echo 0 >"$state"
  exit 0
fi

unanswered=1
if [ -s "$state" ]; then unanswered=$(($(<"$state") + 1)); fi
echo "$unanswered" >"$state"

if [ "$unanswered" -ge "$GIVE_UP" ]; then
  echo "no answer to $unanswered checks: this instance gives itself up" >&2
  aws autoscaling set-instance-health --instance-id "$INSTANCE" --health-status Unhealthy
elif [ $((unanswered % KILL_EVERY)) = 0 ]; then
  # systemd starts it anew. One that hangs would not hear SIGTERM; its jobs come to another worker in 20 seconds.
  pid=$(property MainPID)
  if [ "$pid" != 0 ]; then
    echo "no answer to $unanswered checks: ending process $pid" >&2
    kill -KILL "$pid"
  fi
fi
