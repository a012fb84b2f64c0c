#!/usr/bin/env bash
# ApplicationStart: the service outlives this script, so it must not keep its output, or the agent waits for it.
set -euo pipefail
. "$(dirname "$0")/common.sh"
mkdir -p "$(dirname "$pid")"
REVISION=${BUNDLE_VERSION:-${BUNDLE_ETAG:-unknown}} setsid python3 "$home/prices.pyz" "$port" </dev/null >/dev/null 2>&1 &
echo $! > "$pid"
echo "prices started on port $port"
