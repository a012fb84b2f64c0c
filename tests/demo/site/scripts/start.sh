#!/usr/bin/env bash
# ApplicationStart: the server is a daemon, so that this script ends and closes its output, as the agent demands.
set -euo pipefail
. "$(dirname "$0")/common.sh"
web_server
echo "web server started on port $port"
