#!/usr/bin/env bash
# ApplicationStop: the installed revision's own script, before the new one arrives.
set -euo pipefail
. "$(dirname "$0")/common.sh"
[ -s "$pid" ] && kill -TERM "$(cat "$pid")" 2>/dev/null || true
rm -f "$pid"
