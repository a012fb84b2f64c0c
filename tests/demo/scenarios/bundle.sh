# shellcheck shell=bash
# A Python service of a monorepo is built and deployed as a bundle: the same build is uploaded once, promoted by its version, and a broken AppSpec never leaves the machine
command -v python3 >/dev/null || fail "This scenario needs python3, which the service is written in."
cp -r "$root/tests/demo/services" "$stage/site/"
cat >> "$stage/world.yml" <<'END'
  - { id: i-0000000000009c001, zone: ap-east-1a, tags: { Name: prices-gray-1, Prices: gray }, event-seconds: 0.1 }
  - { id: i-0000000000005c001, zone: ap-east-1a, tags: { Name: prices-stable-1, Prices: stable }, event-seconds: 0.1 }
  - { id: i-0000000000005c002, zone: ap-east-1b, tags: { Name: prices-stable-2, Prices: stable }, event-seconds: 0.1 }
s3:
  buckets: [{ name: acme-bundles, versioned: true }]
END
sed -i 's/^  applications:$/  applications:\n    - name: prices\n      deployment-groups:\n        - { name: gray, ec2-tag-filters: [{ Key: Prices, Value: gray, Type: KEY_AND_VALUE }], deployment-config: CodeDeployDefault.AllAtOnce }\n        - { name: stable, ec2-tag-filters: [{ Key: Prices, Value: stable, Type: KEY_AND_VALUE }], deployment-config: CodeDeployDefault.HalfAtATime }/; s/Action: "codedeploy:\*"/Action: ["codedeploy:*", "s3:*"]/' "$stage/world.yml"
raise_cloud_anew
service=$stage/site/services/prices
prices() { application=prices job "$1" v1 "$2" --s3-bucket acme-bundles "${@:3}"; }
uploads() { grep -cE '"operation":"PutObject","status":200' "$stage/requests.log" || true; }

say "1. The service stands in services/prices of the repository, and what is deployed is what its build makes of it."
"$service/build.sh" 2026-11-26
find "$service/dist" -type f | sed "s|$service/||" | sort | framed

say "2. To gray. The folder is zipped, uploaded under the hash of its bytes, and the deployment names that version."
prices gray gray --comment false --revision "bundle:$service/dist"
expect 0 gray
while read -r id port; do printf '  %s  %s\n' "$id" "$(fetch "$port" / | tail -n 1)"; done < <(instances prices-gray)

say "3. Built again, nothing has changed but the time: nothing is uploaded."
"$service/build.sh" 2026-11-26
prices gray push --path "$service/dist"
expect 0 push
[ "$(uploads)" -eq 1 ] || fail "One upload was expected, not $(uploads)."

say "4. Promoted: exactly that version, whatever has been built since."
"$service/build.sh" 2026-11-27
promote() { application=prices job production v1 promote --comment false; }
promote
expect 0 promote
while read -r id port; do
  page=$(fetch "$port" / | tail -n 1)
  [[ $page == *2026-11-26* ]] || fail "$id serves $page."
  printf '  %s  %s\n' "$id" "$page"
done < <(instances prices-stable)

say "5. Somebody renames a script and forgets the AppSpec. Nothing is uploaded, and line and column are told."
mv "$service/dist/scripts/validate.sh" "$service/dist/scripts/check.sh"
prices gray gray --comment false --revision "bundle:$service/dist"
expect 2 "a broken AppSpec"
[ "$(uploads)" -eq 1 ] || fail "Nothing was to be uploaded."

say "${green}One build, one upload, one version, on every instance.${plain}"
