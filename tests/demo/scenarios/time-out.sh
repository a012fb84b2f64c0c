# shellcheck shell=bash
# A deployment that takes longer than the job waits: not a failure, and watched on from another run
say "1. The instances are slow today, and this job waits no longer than five seconds."
sed -i 's|event-seconds: 0.1|event-seconds: 2|' "$stage/world.yml"
raise_cloud_anew
job gray v1 gray --timeout 5s
expect 3 "our time-out"
deployment=$(sed -n 's/.*deployment-id (\(d-[A-Z0-9]*\)).*/\1/p' "$stage/last.log" | head -n 1)
[ -n "$deployment" ] || fail "The log does not say how to watch on."

say "2. The deployment went on without us. Another run watches it to its end, with the words from the log; nothing is created."
job gray main deploy --deployment-id "$deployment" --comment false
expect 0 "watched to its end"
serves gray "Model allocation"

say "${green}One deployment, two runs, and nobody called it failed.${plain}"
