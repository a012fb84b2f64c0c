# shellcheck shell=bash
# A deployment config that no deployment could meet: foretold by the plan, explained when it fails
say "1. The stable group of four instances runs the site (commit v1)."
sed -i 's|^codedeploy:$|&\n  deployment-configs:\n    - { name: Careful, minimum-healthy-hosts: { type: FLEET_PERCENT, value: 95 } }|' "$stage/world.yml"
raise_cloud_anew
job production v1 deploy --deployment-group stable --comment false
expect 0 "deploy to stable"

say "2. Somebody asks for 95 % healthy instances. Of four that is four, so none may be worked on. The dry run says so:"
job production v2 deploy --deployment-group stable --deployment-config Careful --dry-run
expect 0 "the dry run"

say "3. Deployed all the same, CodeDeploy ends it at once, with a sentence that fits a dozen causes:"
job production v2 deploy --deployment-group stable --deployment-config Careful --comment false
expect 1 "health constraints that cannot be met"

say "4. With a config that leaves room it goes through."
job production v2 deploy --deployment-group stable --deployment-config CodeDeployDefault.HalfAtATime --comment false
expect 0 "half at a time"
serves stable "Duration:"

say "${green}It was the config, not the commit.${plain}"
