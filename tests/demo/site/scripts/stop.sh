#!/usr/bin/env bash
# ApplicationStop: take the server down. It is the installed revision's own script that does this, before the new one arrives.
set -euo pipefail
. "$(dirname "$0")/common.sh"
if [ -s "$run/nginx.pid" ] && kill -0 "$(cat "$run/nginx.pid")" 2>/dev/null; then
  kill -QUIT "$(cat "$run/nginx.pid")"
  echo "stopping the web server"
fi
for _ in $(seq 50); do
  [ -s "$run/nginx.pid" ] || exit 0
  sleep 0.1
done
echo "the web server did not stop within 5 seconds" >&2
exit 1
