#!/usr/bin/env bash
# ValidateService: the deployment is good only if prices are served.
set -euo pipefail
. "$(dirname "$0")/common.sh"
for _ in $(seq 50); do
  if python3 -c "import json, sys, urllib.request as u; sys.exit('EURUSD' not in json.load(u.urlopen('http://127.0.0.1:$port/', timeout=2)))" 2>/dev/null; then
    echo "prices are served"
    exit 0
  fi
  sleep 0.1
done
echo "no prices on port $port" >&2
exit 1
