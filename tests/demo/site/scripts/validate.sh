#!/usr/bin/env bash
# ValidateService: the deployment is good only if the page is served.
set -euo pipefail
. "$(dirname "$0")/common.sh"
for _ in $(seq 50); do
  if answer=$(get / 2>/dev/null); then
    if [[ $answer == HTTP/1.?' 200'* && $answer == *"Macro Portfolio"* ]]; then
      echo "the page is served"
      exit 0
    fi
    echo "unexpected answer: ${answer%%$'\r'*}" >&2
    exit 1
  fi
  sleep 0.1
done
echo "nothing answers on port $port" >&2
exit 1
