#!/bin/bash
# Installs the process that /etc/hotdog-bot.env names on Amazon Linux 2023, from the code in /opt/hotdog-bot. User data runs it once,
# as root. Ends when the process is ready or waits for its token.
set -euo pipefail

: "${DESTDIR:=}"
readonly app=$DESTDIR/opt/hotdog-bot
readonly here=$app/infra/instance
readonly logs=$DESTDIR/var/log/hotdog-bot

# Seconds within which the process must become ready.
readonly READY_TIMEOUT_S=${READY_TIMEOUT_S:-300}
readonly NOT_CONFIGURED=78

# Swap for the installation, and for a decoder that takes more memory than usual.
add_swap() {
  local file=$DESTDIR/swapfile
  dd if=/dev/zero of="$file" bs=1M count="${SWAP_MIB:-1024}" status=none
  chmod 600 "$file"
  mkswap "$file"
  swapon "$file"
  echo "/swapfile none swap sw 0 0" >>"$DESTDIR/etc/fstab"
}

# Runs first, so that later failures are in the log.
ship_logs() {
  dnf install -y amazon-cloudwatch-agent logrotate
  install -d -m 750 "$logs"
  touch "$logs/process.log"
  local config=$DESTDIR/opt/aws/amazon-cloudwatch-agent/etc/hotdog-bot.json
  mkdir -p "$(dirname "$config")"
  sed -e "s|LOG_GROUP|$LOG_GROUP|" -e "s|PROCESS|$PROCESS|" "$here/cloudwatch-agent.json" >"$config"
  install -D -m 644 "$here/logrotate.conf" "$DESTDIR/etc/logrotate.d/hotdog-bot"
  "$DESTDIR/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl" -a fetch-config -m ec2 -s -c "file:$config"
}

install_app() {
  dnf install -y nodejs24 nodejs24-npm
  cd "$app"
  # No package needs an install script.
  HOME=${HOME:-/root} npm-24 ci --omit=dev --ignore-scripts --no-audit --no-fund
  # The archive may have lost execute permissions, and the service runs as another user.
  chmod -R a+rX "$app"
  chmod a+x "$here"/*.sh
}

start_services() {
  install -D -m 644 -t "$DESTDIR/etc/systemd/system" "$here"/*.service "$here"/*.timer
  systemctl daemon-reload
  systemctl enable --now hotdog-bot.service hotdog-bot-health.timer logrotate.timer
}

is_ready() {
  curl --silent --fail --output /dev/null --max-time 5 "http://127.0.0.1:$HEALTH_PORT/readyz"
}

waits_for_token() {
  [ "$(systemctl show --property ExecMainStatus --value hotdog-bot.service)" = "$NOT_CONFIGURED" ]
}

await_process() {
  local end=$((SECONDS + READY_TIMEOUT_S))
  until is_ready || waits_for_token; do
    if [ "$SECONDS" -ge "$end" ]; then
      echo "not ready after $READY_TIMEOUT_S seconds; the log tells why:" >&2
      tail -n 20 "$logs/process.log" >&2
      return 1
    fi
    sleep 2
  done
}

add_swap
ship_logs
install_app
start_services
await_process
