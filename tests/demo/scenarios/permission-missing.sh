# shellcheck shell=bash
# A role that may not create deployments: the missing statement is shown, pasted, and it works
say "1. A role that may read and not deploy, as the first draft of a policy often is."
sed -i 's|Action: "codedeploy:\*"|Action: ["codedeploy:Get*", "codedeploy:BatchGet*", "codedeploy:List*"]|' "$stage/world.yml"
raise_cloud_anew
job gray v1 gray
expect 4 "the missing permission"

say "2. The first statement shown goes into the role's policy. (Pasted here from the job summary.)"
statement=$(offered_statement)
note "  + $statement"
awk -v statement="$statement" '/Statement: \[\{ Effect: Allow, Action: \["codedeploy:Get/ { sub(/\}\]$/, "}, " statement "]") } { print }' "$stage/world.yml" > "$stage/world.new" && mv "$stage/world.new" "$stage/world.yml"
raise_cloud_anew
job gray v1 gray
expect 0 "the statement that was shown"
serves gray "Model allocation"

say "3. At year's end the organization forbids all deployments. No policy of the role can change that, so another statement is not what is advised."
awk '{ print } /^iam:$/ {
  print "  service-control-policies:"
  print "    - { Statement: [{ Effect: Allow, Action: \"*\", Resource: \"*\" }, { Effect: Deny, Action: \"codedeploy:CreateDeployment\", Resource: \"*\" }] }"
}' "$stage/world.yml" > "$stage/world.new" && mv "$stage/world.new" "$stage/world.yml"
raise_cloud_anew
job gray v2 gray
expect 4 "the organization's deny"

say "${green}Each refusal named who decides, and what to do there.${plain}"
