// The judges find what is planted: decisions that are right, then each wrong in one way.
import { judge } from "./judge.js";
import { grade, misfits, superfluous } from "./need.js";
import { actionsOf, permissionsOf, without } from "./roles.js";
import { faults } from "./tables.js";

let [passed, failed] = [0, 0];
const check = (what, found, expected) => {
  const holds = expected === undefined ? found.length === 0 : found.some((fault) => fault.includes(expected));
  holds ? passed++ : failed++;
  if (!holds) console.error(`FAILED: ${what}: ${JSON.stringify(found)}`);
};

const account = "123456789012";
const document = (...Statement) => ({ Version: "2012-10-17", Statement });
const allow = (Action, Resource, more = {}) => ({ Effect: "Allow", Action, Resource, ...more });
const identity = (...statements) => ({ kind: "identity-based policy", document: document(...statements) });
const group = `arn:aws:codedeploy:ap-east-1:${account}:deploymentgroup:site/gray`;
const line = (more = {}) => ({
  request: 1, service: "codedeploy", operation: "GetDeploymentGroup", action: "codedeploy:GetDeploymentGroup", resource: group, resourceAccount: account, principal: `arn:aws:iam::${account}:user/dana`, account,
  keys: { "aws:username": "dana", "aws:PrincipalTag/team": "rates", "aws:ResourceTag/stage": "gray" }, policies: [identity(allow("codedeploy:*", "*"))], verdict: "Allowed", because: null, ...more,
});
const verdict = async (more) => [(await judge(line(more))).fault].filter(Boolean);

check("a right decision", await verdict());
check("one that should have been refused", await verdict({ policies: [identity(allow("s3:*", "*"))] }), "Allowed here, NotMentioned there");
check("one that should have been allowed", await verdict({ verdict: "NotMentioned" }), "NotMentioned here, Allowed there");
check("a deny that was not heard", await verdict({ policies: [identity(allow("*", "*"), { ...allow("codedeploy:Get*", group), Effect: "Deny" })] }), "Allowed here, Denied there");
check("a boundary that was not heard", await verdict({ policies: [identity(allow("*", "*")), { kind: "permissions boundary", document: document(allow("s3:*", "*")) }] }), "NotMentioned there");
check("a service control policy that was not heard", await verdict({ policies: [identity(allow("*", "*")), { kind: "service control policy", document: document(allow("s3:*", "*")) }] }), "NotMentioned there");
check("a condition that was not heard", await verdict({ policies: [identity(allow("*", "*", { Condition: { StringEquals: { "aws:PrincipalTag/team": "fx" } } }))] }), "NotMentioned there");
check("a condition that holds", await verdict({ policies: [identity(allow("*", "*", { Condition: { StringEquals: { "aws:ResourceTag/stage": "gray" } } }))] }));
check("a variable that was not filled in", await verdict({ policies: [identity(allow("*", "arn:aws:codedeploy:*:*:deploymentgroup:${aws:username}/*"))] }), "NotMentioned there");
check("a key that the action does not have", await verdict({ keys: { "s3:prefix": "a" } }), "has no condition key s3:prefix");
check("an action that there is not", await verdict({ action: "codedeploy:GetGroup" }), "AWS has no action codedeploy:GetGroup");
check("a resource of another kind", await verdict({ resource: `arn:aws:codedeploy:ap-east-1:${account}:application:site` }), "cannot be judged");

const object = { service: "s3", operation: "GetObject", action: "s3:GetObject", resource: "arn:aws:s3:::bundles/a:b", keys: {}, policies: [identity(allow("s3:*", "*"))] };
const door = { kind: "resource-based policy", document: document({ Effect: "Allow", Principal: { AWS: account }, Action: "s3:*", Resource: ["arn:aws:s3:::bundles", "arn:aws:s3:::bundles/*"] }) };
check("an object of one's own account", await verdict(object));
check("another account's that is closed", await verdict({ ...object, resourceAccount: "222222222222" }), "NotMentioned there");
check("another account's that is open", await verdict({ ...object, resourceAccount: "222222222222", policies: [...object.policies, door] }));
check("another account's that the caller's own policies close", await verdict({ ...object, resourceAccount: "222222222222", policies: [door] }), "NotMentioned there");

const session = `arn:aws:sts::${account}:assumed-role/gray/run-1`;
const limit = { kind: "session policy", document: document(allow("s3:PutObject", "*")) };
check("a session policy that was not heard", await verdict({ ...object, principal: session, policies: [...object.policies, limit] }), "NotMentioned there");
const named = { kind: "resource-based policy", document: document({ Effect: "Allow", Principal: { AWS: session }, Action: "s3:*", Resource: "arn:aws:s3:::bundles/*" }) };
check("a session that the resource names itself", await verdict({ ...object, principal: session, policies: [...object.policies, limit, named] }));

const role = `arn:aws:iam::${account}:role/gray`;
const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
const trust = (sub) => ({ kind: "resource-based policy", document: document({ Effect: "Allow", Principal: { Federated: provider }, Action: "sts:AssumeRoleWithWebIdentity", Condition: { StringEquals: { "token.actions.githubusercontent.com:sub": sub } } }) });
const token = { service: "sts", operation: "AssumeRoleWithWebIdentity", action: "sts:AssumeRoleWithWebIdentity", resource: role, principal: provider, keys: { "token.actions.githubusercontent.com:sub": "repo:a/b:ref:main" } };
check("a token that fits", await verdict({ ...token, policies: [trust("repo:a/b:ref:main")] }));
check("a token that does not", await verdict({ ...token, policies: [trust("repo:a/c:ref:main")] }), "NotMentioned there");

check("demands that are right", await faults([line()], { codedeploy: ["GetDeploymentGroup"] }));
check("a demand too many", await faults([line(), line({ action: "codedeploy:StopDeployment", resource: "*" })]), "demanded codedeploy:StopDeployment, which it does not need");
check("a demand too few", await faults([line()], { codedeploy: ["GetDeploymentGroup", "GetDeployment"] }), "codedeploy GetDeployment never demanded codedeploy:GetDeployment");
check("another demand that is missing", await faults([line({ operation: "CreateDeployment", action: "codedeploy:CreateDeployment" })], { codedeploy: ["CreateDeployment"] }), "never demanded codedeploy:GetDeploymentConfig");
check("a version that makes another action", await faults([line(object)], { s3: ["GetObject"] }), "with a version never demanded s3:GetObjectVersion");
check("a resource of the wrong kind", await faults([line({ resource: `arn:aws:codedeploy:ap-east-1:${account}:application:site` })]), "knows deploymentgroup and was demanded on");
check("a resource where there is none", await faults([line({ operation: "StopDeployment", action: "codedeploy:StopDeployment" })]), "knows no resources and was demanded on");
check("a demand of who needs none", await faults([line({ service: "sts", operation: "GetCallerIdentity", action: "sts:GetCallerIdentity", resource: "*" })]), "which it does not need");

// ---- A role's permissions, one by one
const holder = { policies: [{ name: "read", document: document(allow(["codedeploy:GetDeployment", "codedeploy:GetDeploymentGroup"], "*"), allow("codedeploy:GetDeployment", group)) }] };
const each = await permissionsOf(holder);
check("an action in two statements is two permissions", each.length === 3 && each[2].place === "statement 2 of read" ? [] : [JSON.stringify(each)]);
const less = await without(holder, each[2]);
check("the statement that is left with nothing goes, the others stay", JSON.stringify(less[0].Statement) === JSON.stringify([holder.policies[0].document.Statement[0]]) ? [] : [JSON.stringify(less)]);
check("a wildcard is each action that it stands for", (await actionsOf("codedeploy:*Deployment")).includes("codedeploy:StopDeployment") ? [] : ["it is not"]);
check("what is denied cannot be removed", await permissionsOf({ policies: [{ name: "deny", document: document({ ...allow("*", "*"), Effect: "Deny" }) }] }).then(() => [], (error) => [error.message]), "does not just allow actions");

const decided = (action, verdict = "Allowed", request = 1) => ({ request, action, verdict });
const scene = { name: "status", verb: "status", exit: () => 0, refusals: () => [] };
const fine = { scene, role: "status", code: 0, lines: ["all is well", "stop: (codedeploy:StopDeployment) cannot be asked"], decisions: [decided("codedeploy:GetDeployment")] };
check("a run with the whole role", misfits(fine));
check("one that fails", misfits({ ...fine, code: 4 }), "ended with 4 instead of 0");
check("one that lacks something", misfits({ ...fine, decisions: [...fine.decisions, decided("s3:GetObject", "NotMentioned")] }), "s3:GetObject was refused");
check("a check that finds what it should not", misfits({ ...fine, lines: ["FAIL  role  it is not"] }), "found fault with role");
const lacks = { ...each[0] };
const lacking = (more) => ({ ...fine, lacks, code: 4, lines: ["no policy allows codedeploy:GetDeployment on *"], decisions: [decided("codedeploy:GetDeployment", "NotMentioned")], ...more });
const marked = (more, mark) => [grade(lacking(more), fine)].flatMap((found) => (found.mark === mark ? found.problems : [`${found.mark} instead of ${mark}`]));
check("a verb that stops and says why", marked({}, "stops"));
check("a verb that goes on and says what it left out", marked({ code: 0 }, "tells"));
check("a verb that does with another permission", marked({ code: 0, lines: [], decisions: [decided("codedeploy:GetDeployment", "NotMentioned"), decided("codedeploy:GetDeploymentGroup")] }, "either"));
check("a verb that fails and does not say why", marked({ lines: ["something is amiss"] }, "silent"), "does not name what it lacks");
check("a verb that goes on and does not say what it left out", marked({ code: 0, lines: ["all is well"] }, "silent"), "does not name what it lacks");
check("a verb that names another action whose name begins so", marked({ lines: ["no policy allows codedeploy:GetDeploymentGroup"] }, "silent"), "does not name what it lacks");
check("a verb that names it whether or not it lacks it", marked({ lines: fine.lines, lacks: { ...lacks, action: "codedeploy:StopDeployment" }, decisions: [decided("codedeploy:StopDeployment", "NotMentioned")] }, "silent"), "does not name");
check("a permission that is missed", superfluous("status", lacks, [{ role: "status", lacks, mark: "tells" }]));
check("a permission that nothing asks for", superfluous("status", lacks, [{ role: "gray", lacks, mark: "stops" }]), "No verb needs it (statement 1 of read)");
check("a permission that another one makes needless", superfluous("status", lacks, [{ role: "status", lacks, mark: "either" }, { role: "status", lacks, mark: "unasked" }]), "No verb needs it");

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
