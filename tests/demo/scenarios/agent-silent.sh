# shellcheck shell=bash
# An instance whose CodeDeploy agent does not answer: told from a failing script, which AWS words much alike
say "1. The agent of one gray instance has stopped. CodeDeploy waits for it five minutes at AWS, three seconds here."
sed -i 's|Name: gray-2, Release: gray }|&, agent: silent|; s|^codedeploy:$|&\n  agent-patience-seconds: 3|' "$stage/world.yml"
raise_cloud_anew
job gray v1 gray
expect 1 "the silent agent"

say "2. CodeDeploy itself calls that a success, because its config needs one instance of two. Whoever can live with it says so:"
job gray v1 gray --max-failed-instances 1 --comment false
expect 0 "one instance allowed to miss it"

say "3. The agent is started again."
sed -i 's|, agent: silent||' "$stage/world.yml"
raise_cloud_anew
job gray v1 gray --comment false
expect 0 "the agent that answers"
serves gray "Model allocation"

say "${green}No script was to blame, and nobody looked for one.${plain}"
