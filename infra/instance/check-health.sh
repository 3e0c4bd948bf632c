#!/bin/bash
# Runs every minute. Kills a process that no longer responds; if that does not help, reports the instance as unhealthy so that it is
# replaced. On the bot, also reports readiness for the alarm.
set -euo pipefail

# Failed checks in a row, one a minute.
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

# With wrong settings, another instance would not be better.
if answers livez || [ "$(property ExecMainStatus)" = "$NOT_CONFIGURED" ]; then
  echo 0 >"$state"
  exit 0
fi

unanswered=1
if [ -s "$state" ]; then unanswered=$(($(<"$state") + 1)); fi
echo "$unanswered" >"$state"

if [ "$unanswered" -ge "$GIVE_UP" ]; then
  echo "no answer to $unanswered checks: reporting this instance as unhealthy" >&2
  aws autoscaling set-instance-health --instance-id "$INSTANCE" --health-status Unhealthy
elif [ $((unanswered % KILL_EVERY)) = 0 ]; then
  # systemd restarts it. A hanging process would ignore SIGTERM; its jobs go to another worker within 20 seconds.
  pid=$(property MainPID)
  if [ "$pid" != 0 ]; then
    echo "no answer to $unanswered checks: ending process $pid" >&2
    kill -KILL "$pid"
  fi
fi
