#!/usr/bin/env bash
# AfterInstall: configure what was installed for this machine.
set -euo pipefail
. "$(dirname "$0")/common.sh"
sed -e "s|@LISTEN@|${SIMULATOR_INSTANCE_PORT:+127.0.0.1:}$port|" -e "s|@HOME@|$home|" -e "s|@RUN@|$run|" "$home/nginx/nginx.conf" > "$run/nginx.conf"
echo "${BUNDLE_COMMIT:-${BUNDLE_ETAG:-unknown}}" > "$home/site/revision"
