# Where things are. On EC2 the root is / and the port 80; the simulator gives each of its instances a root and a port of its own.
root=${SIMULATOR_INSTANCE_ROOT:-}
port=${SIMULATOR_INSTANCE_PORT:-80}
home=$root/opt/macro-portfolio
run=$root/var/tmp/macro-portfolio

# The status line and body of GET $1 on this instance, without needing more than bash.
get() {
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
  cat <&3
  exec 3>&-
}

# Starts the web server as a daemon that names itself in $run/server.pid. Where nginx is missing, the simulator lends one.
web_server() {
  if command -v nginx >/dev/null; then
    nginx -p "$run/" -e "$run/logs/error.log" -c "$run/nginx.conf"
  elif [ -n "${SIMULATOR_WEB_SERVER:-}" ]; then
    "$SIMULATOR_WEB_SERVER" --root "$home/site" --port "$port" </dev/null >/dev/null 2>"$run/logs/error.log" &
    echo $! > "$run/server.pid"
  else
    echo "nginx is not installed" >&2
    return 1
  fi
}

running() { [ -s "$run/server.pid" ] && kill -0 "$(cat "$run/server.pid")" 2>/dev/null; }
