# What the scenarios stand on: the programs, a repository made on the spot, the cloud, and how a run is shown.
bin=$root/artifacts/bin
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if [ -t 1 ]; then bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' plain=$'\e[0m'; else bold='' dim='' red='' green='' yellow='' plain=''; fi

say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
note() { printf '%s\n' "$*"; }
fail() { printf '%s%s%s\n' "$red" "$*" "$plain" >&2; exit 1; }

# Servers are often outside an ordinary user's path; hooks look for them as the agent does.
has_nginx() { PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin command -v nginx >/dev/null; }

prepare() {
  command -v dotnet >/dev/null || fail "The demo needs the .NET 10 SDK: https://dotnet.microsoft.com/download"
  command -v git >/dev/null || fail "The demo needs git."
  install_as_root
  has_nginx || note "nginx is not installed: the instances' pages are served by the simulator's own static server."
  if [ ! -x "$bin/macro-portfolio" ] || [ ! -x "$bin/simulator" ] || [ -n "$(find "$root/src" "$root"/*.props -newer "$bin/macro-portfolio" -name '*.[cp]*' -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]; then
    note "Building (about a minute the first time) ..."
    "$root/build"
  fi
  # The simulator runs on the .NET that built it, wherever that is.
  DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}
  export DOTNET_ROOT

  stage=$(mktemp -d "${TMPDIR:-/tmp}/macro-portfolio-demo.XXXXXX")
  trap clear_stage EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  make_repository "$stage/site"
  cp "$root/tests/demo/world.yml" "$stage/world.yml"
  raise_cloud
}

# As root, what makes the demo faster and more real is installed; anybody else does without.
install_as_root() {
  local wanted=()
  { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; } || return 0
  has_nginx || wanted+=(nginx-light)
  { command -v clang || command -v gcc; } >/dev/null || wanted+=(clang)
  [ -e /usr/include/zlib.h ] || wanted+=(zlib1g-dev)
  [ ${#wanted[@]} -eq 0 ] && return 0
  note "Installing ${wanted[*]} with apt-get (packages of this system; the demo works without them, less really)."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}"; } >/dev/null 2>&1 ||
    note "That did not work; going on without."
}

clear_stage() {
  local code=$?
  if [ -n "${cloud:-}" ] && kill -0 "$cloud" 2>/dev/null; then
    kill -TERM "$cloud"
    wait "$cloud" 2>/dev/null || true
  fi
  if [ $code -eq 0 ] || [ -z "${KEEP_STAGE:-}" ]; then rm -rf "$stage"; else note "Kept: $stage"; fi
  return $code
}

# Four commits of the sample site, tagged v1 to v4: the site, a good change, one whose hook fails, one that deploys and is wrong.
make_repository() {
  mkdir -p "$1" && cp -r "$root/tests/demo/site/." "$1/"
  (
    cd "$1"
    export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
    git init -q -b main
    commit() {
      git add -A
      git -c user.name="$1" -c user.email="$1@acme.example" commit -q -m "$2"
      git tag "$3"
    }
    commit lee "Model allocation, month end" v1
    sed -i 's|<p><a href="manual.html">|<p>Duration: <b>0-3y</b> 18 %, <b>3-7y</b> 9 %, <b>7y+</b> 6 %</p>\n&|' site/index.html
    sed -i 's|<dt>GET /revision</dt>|<dt>GET /risk?buckets=duration</dt><dd>weights by duration bucket</dd>\n  &|' site/manual.html
    commit dana "Add duration buckets to the risk view" v2
    printf '%s\n' 'echo "::warning::compressing the pages"' 'brotli --keep --best "$home"/site/*.html' >> scripts/after-install.sh
    commit lee "Compress the pages" v3
    git checkout -q v2 -- scripts/after-install.sh
    sed -i 's|42 %|50 %|; s|33 %|40 %|' site/index.html
    commit dana "Round the weights" v4
  )
}

raise_cloud() {
  "$bin/simulator" serve --world "$stage/world.yml" --state "$stage/cloud" --env-file "$stage/job.env" --run-scripts > "$stage/requests.log" 2> "$stage/cloud.log" &
  cloud=$!
  local _
  for _ in $(seq 300); do
    [ -s "$stage/job.env" ] && break
    kill -0 "$cloud" 2>/dev/null || fail "The simulator did not start: $(cat "$stage/cloud.log")"
    sleep 0.1
  done
  grep -v '^The simulator is at' "$stage/cloud.log" || true
}

# The same cloud over a changed world file, as after somebody changed IAM.
raise_cloud_anew() {
  kill -TERM "$cloud"
  wait "$cloud" 2>/dev/null || true
  rm -f "$stage/job.env"
  raise_cloud
}

# The first policy statement that the last job's summary offers to paste, on one line.
offered_statement() { sed -n '/^{$/,/^}/p; /^}/q' "$(step_file GITHUB_STEP_SUMMARY)" | tr -d '\n' | tr -s ' '; }

# job ENVIRONMENT REVISION VERB [OPTION...]: a job of the simulated GitHub that runs the program, its log shown as GitHub shows it and kept as $stage/last.log. Sets $exit_code.
# With rerun=RUN it is the next attempt of that run, with application=NAME it is about another application.
job() {
  start "$@"
  finish
}

# The same for scenarios that do something to the program while it runs: start it (its process id is $program), and finish when it is over.
start() {
  local environment=$1 revision=$2 verb=$3 role=macro-portfolio-gray
  shift 3
  [ "$environment" = production ] && role=macro-portfolio-production
  printf '%s$ macro-portfolio %s --application %s%s%s\n' "$dim" "$verb" "${application:-macro-portfolio}" "${*:+ $*}" "$plain"
  rm -f "$stage/job.env" "$stage/log"
  mkfifo "$stage/log"
  tee "$stage/last.log" < "$stage/log" | as_github &
  log=$!
  # The shell has what it starts in the background ignore SIGINT, which is how a job is cancelled. The job becomes the program, so the id is the program's.
  env --default-signal=INT "$bin/simulator" job --state "$stage/cloud" --env-file "$stage/job.env" --sha "$revision" --environment "$environment" \
    --workflow ".github/workflows/$verb.yml" ${rerun:+--rerun "$rerun"} -- \
    "$bin/macro-portfolio" "$verb" --application "${application:-macro-portfolio}" --role-to-assume "arn:aws:iam::123456789012:role/$role" "$@" > "$stage/log" 2>&1 &
  program=$!
}

finish() {
  set +e
  wait "$program" 2>/dev/null
  exit_code=$?
  wait "$log"
  set -e
  printf '%sexit code %d%s\n' "$dim" "$exit_code" "$plain"
}

# faulty FAULT...: from now on the cloud has these faults and no others, in JSON as docs/simulator.md writes them. Counts of requests begin anew.
faulty() {
  local fault
  ask DELETE faults > /dev/null
  for fault in "$@"; do
    added=$(ask POST faults "$fault" | sed -nE 's/.*"id": ?"?([0-9]+).*/\1/p')
    [ -n "$added" ] || fail "The simulator did not take the fault $fault."
  done
  since=$(wc -l < "$stage/requests.log")
}

# ask METHOD PATH [BODY]: the simulator's own route, which also answers when a fault holds a request. bash alone is enough for it.
ask() {
  local port
  port=$(sed -nE 's|.*http://127\.0\.0\.1:([0-9]+).*|\1|p' "$stage/cloud/simulator.json")
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf '%s /_simulator/%s HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "$1" "$2" "$(printf %s "${3:-}" | wc -c)" "${3:-}" >&3
  sed '1,/^\r$/d' <&3
  exec 3>&-
}

# What the cloud's log of requests tells since it was made faulty last.
since=0
cloud_log() { tail -n "+$((since + 1))" "$stage/requests.log"; }
requests() { cloud_log | grep -cE "\"operation\":\"$1\".*${2:-}" || true; }
struck() { cloud_log | grep -c '"fault":' || true; }
# Accepted ones, whether or not the program ever got the answer.
deployments() { requests CreateDeployment '"status":(200|0),'; }

# until_request OPERATION: waits until the program has asked for it.
until_request() {
  local _
  for _ in $(seq 300); do
    [ "$(requests "$1")" -gt 0 ] && return
    kill -0 "$program" 2>/dev/null || break
    sleep 0.05
  done
  finish
  fail "The program never asked for $1."
}

# expect CODE WHAT: the story only goes on as it is told.
expect() { [ "$exit_code" -eq "$1" ] || fail "$2: exit code $exit_code instead of $1."; }

# The log as GitHub shows it: commands are obeyed, not printed.
as_github() {
  awk -v bold="$bold" -v red="$red" -v yellow="$yellow" -v plain="$plain" '
    function message(line) { sub(/^::[^:]*::/, "", line); gsub(/%0A/, "\n    ", line); gsub(/%0D/, "", line); gsub(/%25/, "%", line); return line }
    stopped != "" { if ($0 == "::" stopped "::") stopped = ""; else print "  " $0; next }
    /^::add-mask::/ { next }
    /^::stop-commands::/ { stopped = substr($0, 18); next }
    /^::group::/ { print bold "  \342\226\276 " message($0) plain; next }
    /^::endgroup::/ { next }
    /^::error/ { print red "  Error: " message($0) plain; next }
    /^::warning/ { print yellow "  Warning: " message($0) plain; next }
    { print "  " $0 }'
}

# The instances of a group: lines of id and port.
instances() { grep "$1" "$stage/cloud/instances.txt" | cut -d ' ' -f 1,2; }

fetch() {
  if command -v curl >/dev/null; then
    curl -sS --max-time 5 "http://127.0.0.1:$1$2"
  else
    exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3 && sed '1,/^\r$/d' <&3
  fi
}

# serves GROUP TEXT: shows what each instance of a group serves, and fails unless every page has the text.
serves() {
  local id port page
  while read -r id port; do
    page=$(fetch "$port" /) || fail "$id does not answer."
    [[ $page == *"$2"* ]] || fail "$id does not serve '$2'."
    printf '  %-8s %s  http://127.0.0.1:%s/  commit %.7s  "%s"\n' "$1" "$id" "$port" "$(fetch "$port" /revision)" "$2"
  done < <(instances "$1")
}

# The file that the last job's step wrote for a purpose: GITHUB_STEP_SUMMARY, GITHUB_OUTPUT.
step_file() { sed -n "s/^$1=//p" "$stage/job.env"; }

# Prints a text within a margin.
framed() { sed "s/^/  ${dim}|${plain} /"; }

serve_until_stopped() {
  cat <<END
The cloud is up, with the application macro-portfolio, groups gray and stable, and the commits v1 to v4 of $stage/site.
Each command below is a job of the simulated GitHub; run them in another terminal:

  simulator=$bin/simulator state=$stage/cloud
  \$simulator job --state \$state --env-file /tmp/job.env --sha v1 --environment gray -- \\
    $bin/macro-portfolio gray --application macro-portfolio --role-to-assume arn:aws:iam::123456789012:role/macro-portfolio-gray

Its pages are then served on the ports in $stage/cloud/instances.txt; every request of the program is a line of $stage/requests.log.
Ctrl-C ends it.
END
  wait "$cloud"
}
