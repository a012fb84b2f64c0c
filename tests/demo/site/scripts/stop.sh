#!/usr/bin/env bash
# ApplicationStop: take the server down. It is the installed revision's own script that does this, before the new one arrives.
set -euo pipefail
. "$(dirname "$0")/common.sh"
running || exit 0
echo "stopping the web server"
kill -TERM "$(cat "$run/server.pid")"
for _ in $(seq 50); do
  running || exit 0
  sleep 0.1
done
echo "the web server did not stop within 5 seconds" >&2
exit 1
