# shellcheck shell=bash
# AWS and GitHub throttle and fail for a while: asked again with patience, and the deployment is none the worse
say "1. A busy day: STS and CodeDeploy refuse what is too much for them, a load balancer has nobody behind it, GitHub asks to come back later."
faulty '{ "service": "sts", "times": 1, "kind": "throttled" }' \
  '{ "service": "codedeploy", "operation": "GetDeploymentGroup", "times": 2, "kind": "throttled" }' \
  '{ "service": "codedeploy", "operation": "CreateDeployment", "times": 1, "kind": "throttled" }' \
  '{ "service": "codedeploy", "operation": "GetDeployment", "times": 1, "kind": "throttled" }' \
  '{ "service": "codedeploy", "operation": "GetDeployment", "times": 1, "kind": "status", "status": 502 }' \
  '{ "service": "codedeploy", "operation": "GetDeployment", "times": 1, "kind": "status", "status": 429, "body": "none" }' \
  '{ "service": "github", "times": 1, "kind": "throttled", "retry-after": 1 }'
note "Nothing of that says anything about the commit. The job should only take a little longer."
job gray v1 gray
expect 0 "a throttled deployment"

say "2. What it met on the way, by the cloud's own log of requests:"
sed -nE 's/.*"service":"([a-z0-9]+)","operation":"([^"]+)","status":([0-9]+).*"fault":"([a-z-]+)".*/  \1 \2: \4, \3/p' <(cloud_log) | sort | uniq -c
[ "$(struck)" -gt 5 ] || fail "The cloud was not as unfriendly as it should have been."
note "CreateDeployment requests $(requests CreateDeployment), deployments $(deployments)."
[ "$(deployments)" -eq 1 ] || fail "There should be one deployment."

say "3. Both instances have the commit."
serves gray "Model allocation"

say "${green}$(struck) refusals, one deployment, and nobody had to press 'Re-run jobs'.${plain}"
