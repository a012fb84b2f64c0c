#!/usr/bin/env bash
# BeforeInstall: what the files need before they come.
set -euo pipefail
. "$(dirname "$0")/common.sh"
mkdir -p "$run/logs" "$run/temp"
echo "ready for revision ${BUNDLE_COMMIT:-${BUNDLE_ETAG:-unknown}} on port $port"
