# shellcheck shell=bash
# A hook that fails: which script, on which line, on how many instances, and what to do
say "1. The gray group runs the site as it is (commit v1)."
job gray v1 gray --comment false
expect 0 gray

say "2. The next commit compresses the pages with a program that no instance has."
note "In GitHub the first error below stands at scripts/after-install.sh, at the line that failed, in the change itself."
job gray v3 gray
expect 6 "the broken hook"
note "Nobody had to take it back: the run did, to what was good before."
serves gray "Model allocation"
grep -qE '^\[[0-9:]+\] .*failed in AfterInstall: scripts/after-install.sh' "$stage/last.log" || fail "The log does not name the script."
grep -qE '^::error file=scripts/after-install.sh,line=[0-9]+,title=' "$stage/last.log" || fail "There is no annotation at the script's line."

say "3. The job summary, as markdown: why first, then what to do, then the picture."
framed < "$(step_file GITHUB_STEP_SUMMARY)"

say "4. The hook is mended in the commit after it."
job gray v4 gray --comment false
expect 0 "the mended hook"
serves gray "50 %"

say "${green}Found and mended without opening the console.${plain}"
