# shellcheck shell=bash
# An answer that never arrives, and a runner that dies: one deployment each time, found again and watched on
say "1. CodeDeploy gets the request, creates the deployment, and the connection breaks before the answer."
note "The program cannot know whether it was created. Sending the request again could deploy twice, giving up could leave one alone."
faulty '{ "service": "codedeploy", "operation": "CreateDeployment", "times": 1, "kind": "answer-lost" }'
job gray v1 gray --comment false
expect 0 "the lost answer"
note "By the cloud's own log: CreateDeployment requests $(requests CreateDeployment), deployments $(deployments). The program found it by its description, which names the run."
[ "$(requests CreateDeployment) $(deployments)" = "1 1" ] || fail "One CreateDeployment and one deployment were expected."
serves gray "Model allocation"

say "2. Worse: the answer is on its way when the runner loses power. Here the cloud holds the answer back, and the program is killed."
faulty '{ "service": "codedeploy", "operation": "CreateDeployment", "times": 1, "kind": "hold", "at": "after" }'
start gray v2 gray --comment false
ask GET "faults/$added/held" > /dev/null
kill -KILL "$program"
finish
expect 137 "the killed run"
ask POST "faults/$added/release" > /dev/null

say "3. Somebody presses 'Re-run jobs'. The second attempt looks for its own deployment before it makes one."
rerun=$(step_file GITHUB_RUN_ID) job gray v2 gray --comment false
expect 0 "the second attempt"
note "By the cloud's own log, of both attempts together: CreateDeployment requests $(requests CreateDeployment), deployments $(deployments)."
[ "$(requests CreateDeployment) $(deployments)" = "1 1" ] || fail "One CreateDeployment and one deployment were expected."
serves gray "Duration:"

say "${green}Nothing lost, nothing twice.${plain}"
