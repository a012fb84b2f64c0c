# shellcheck shell=bash
# The whole story: gray, promote, a broken commit explained, a bad one rolled back
say "1. Where we start: both groups get the site as it is (commit v1)."
job gray v1 deploy --deployment-group gray --comment false
expect 0 "deploy to gray"
job production v1 deploy --deployment-group stable --comment false
expect 0 "deploy to stable"

say "2. A change is pushed (pull request 12). It goes to the gray group at once."
job gray v2 gray
expect 0 gray
note "Gray serves the new page, everybody else the old one:"
serves gray "Duration:"
serves stable "42 %"

say "3. The other departments have tried it. Promote: exactly what gray runs goes to everybody."
job production main promote
expect 0 promote
serves stable "Duration:"

say "4. The next change is broken (pull request 13). Why is said where it failed, and gray goes back by itself."
job gray v3 gray
expect 6 "the broken commit"
serves gray "Duration:"
note "The job summary, as markdown:"
framed < "$(step_file GITHUB_STEP_SUMMARY)"

say "5. A change that deploys well and is wrong (pull request 14): the weights add up to 115 %."
job gray v4 gray
expect 0 gray
job production main promote
expect 0 promote
serves stable "50 %"

say "6. One command takes it back, from every stage that runs it."
job production main rollback --reason "weights add up to 115 %"
expect 0 rollback
serves gray "42 %"
serves stable "42 %"

say "7. What runs where."
job production main status
expect 0 status
note "The comment on pull request 14, as markdown:"
framed < "$stage/cloud/github/acme/macro-portfolio/pulls/14.md"

say "${green}The story ended as it should.${plain}"
