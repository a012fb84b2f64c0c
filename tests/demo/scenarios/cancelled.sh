# shellcheck shell=bash
# Somebody cancels the run: the deployment is stopped at once, what instances are left with is said, and the next run mends it
say "1. The gray group runs the site as it is (commit v1)."
job gray v1 gray --comment false
expect 0 gray

say "2. A deployment to slow instances, and in the middle of it somebody presses 'Cancel workflow'."
note "GitHub sends SIGINT then, and kills the program ten seconds later. A deployment that is left alone would go on without anybody watching."
faulty '{ "tag": "Release=gray", "event": "Install", "kind": "slow", "factor": 50 }'
start gray v2 gray --comment false
until_request GetDeployment
kill -INT "$program"
finish
expect 130 "the cancelled run"

say "3. What the cloud saw of it:"
sed -nE 's/.*"time":"[^T]*T([^"]*)Z".*"operation":"((Create|Stop)Deployment)","status":([0-9]+).*/  \1  \2  \4/p' <(cloud_log)
[ "$(requests StopDeployment '"status":200')" -eq 1 ] || fail "One StopDeployment was expected."
note "The job summary, as markdown:"
framed < "$(step_file GITHUB_STEP_SUMMARY)"

say "4. Instances that were in the middle may hold a bit of both commits. The next deployment puts that right."
faulty
job gray v2 gray --comment false
expect 0 "the run after it"
serves gray "Duration:"

say "${green}Cancelled means stopped: one CreateDeployment, one StopDeployment, and a clear word.${plain}"
