# shellcheck shell=bash
# A role that AWS refuses: why is said from the token's own claims, with the trust statement to paste
say "1. The role macro-portfolio-gray trusts jobs of the environment gray. Somebody's job says 'environment: staging' instead."
note "AWS's own answer to that is one sentence, the same as for a dozen other causes. What the program makes of it:"
job staging v1 gray
expect 4 "the refused role"
note "STS was asked $(grep -c AssumeRoleWithWebIdentity "$stage/requests.log") times, the second time because a role made a moment ago is not known everywhere at once."

say "2. The first way out: the job gets the environment that the role trusts."
job gray v1 gray
expect 0 "the right environment"
serves gray "Model allocation"

say "3. The other way out, where the job shall have the role: the statement above goes into the role's trust policy. (Pasted here from the job summary.)"
job staging v2 gray > /dev/null
expect 4 "still refused"
statement=$(offered_statement)
note "  + $statement"
awk -v statement="$statement" '{ print } /^        Statement:$/ && !done { print "          - " statement; done = 1 }' "$stage/world.yml" > "$stage/world.new" && mv "$stage/world.new" "$stage/world.yml"
raise_cloud_anew
job staging v2 gray
expect 0 "the statement that was shown"
serves gray "Duration:"

say "${green}Understood and mended without opening a console.${plain}"
