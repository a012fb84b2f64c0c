// Requests of every operation by everybody, so that the log of decisions is rich: `drive.js world` writes the world, `drive.js run URL JOB` makes the requests.
import { readFileSync } from "node:fs";
import { caller, send } from "./sign.js";

const region = "ap-east-1";
const accounts = ["123456789012", "222222222222"];
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const group = (name, account = accounts[0]) => `arn:aws:codedeploy:${region}:${account}:deploymentgroup:site/${name}`;
const role = (name, account = accounts[0]) => `arn:aws:iam::${account}:role/${name}`;
const document = (...statements) => ({ Version: "2012-10-17", Statement: statements });
const allow = (Action, Resource = "*", Condition) => ({ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });
const deny = (Action, Resource = "*", Condition) => ({ ...allow(Action, Resource, Condition), Effect: "Deny" });

/** The same choices in every run. */
function dice(seed) {
  let state = seed;
  const next = (count) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  return { one: (list) => list[next(list.length)], some: (list, most) => Array.from({ length: 1 + next(most) }, () => list[next(list.length)]), odds: (part) => next(100) < part };
}

const actions = [
  "codedeploy:*", "codedeploy:Get*", "codedeploy:CreateDeployment", "codedeploy:GetDeploymentGroup", "codedeploy:List*", "codedeploy:*Deployment*", "CODEDEPLOY:getapplication", "codedeploy:?etDeployment",
  "s3:*", "s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:*Object*", "ec2:DescribeInstances", "cloudwatch:Describe*", "*",
];
const resources = [
  "*", group("gray"), group("*"), group("st?ble"), `arn:aws:codedeploy:${region}:*:application:site`, `arn:aws:codedeploy:*:${accounts[0]}:*`, "arn:aws:codedeploy:*:*:deploymentgroup:${aws:PrincipalTag/app}/*",
  "arn:aws:s3:::bundles", "arn:aws:s3:::bundles/*", "arn:aws:s3:::bundles/${aws:username}/*", "arn:aws:s3:::bundles/team-${aws:PrincipalTag/team, 'none'}/*", "arn:aws:s3:::*", "arn:aws:s3:::bundles/a${*}b",
];
const conditions = [
  { StringEquals: { "aws:PrincipalTag/team": ["rates", "credit"] } },
  { StringNotEquals: { "aws:PrincipalTag/team": "rates" } },
  { StringEqualsIfExists: { "aws:PrincipalTag/team": "rates" } },
  { StringEqualsIgnoreCase: { "aws:PrincipalTag/team": "RATES" } },
  { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/a*" } },
  { StringNotLike: { "aws:username": "*1" } },
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/*" } },
  { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:user/all" } },
  { Bool: { "aws:SecureTransport": "true" } },
  { Bool: { "aws:SecureTransport": "false" } },
  { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
  { Null: { "aws:PrincipalTag/team": "true" } },
  { Null: { "aws:TokenIssueTime": "false" } },
  { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "127.0.0.0/8"] } },
  { NotIpAddress: { "aws:SourceIp": "127.0.0.0/8" } },
  { StringEquals: { "aws:RequestedRegion": region } },
  { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } },
  { StringEquals: { "s3:prefix": ["", "team/"] } },
  { StringLike: { "s3:prefix": "${aws:username}/*" } },
  { NumericLessThanEquals: { "s3:max-keys": "10" } },
  { StringEquals: { "s3:x-amz-server-side-encryption": "AES256" } },
  { StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption": "aws:kms" } },
  { "ForAllValues:StringEquals": { "s3:RequestObjectTagKeys": ["sha", "run"] } },
  { "ForAnyValue:StringLike": { "s3:RequestObjectTagKeys": "sh*" } },
  { StringEquals: { "s3:RequestObjectTag/sha": "1" } },
  { StringEquals: { "s3:ExistingObjectTag/sha": "1" } },
  { StringEquals: { "aws:ResourceTag/stage": "gray" } },
  { "ForAllValues:StringEquals": { "aws:TagKeys": ["stage", "team"] } },
  { "ForAnyValue:StringNotEquals": { "aws:TagKeys": "stage" } },
  { StringEquals: { "aws:RequestTag/stage": "${aws:PrincipalTag/stage}" } },
  { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } },
  { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } },
  { StringLike: { "aws:UserAgent": "*driver*" }, Bool: { "aws:ViaAWSService": "false" } },
  { StringEquals: { "aws:PrincipalType": "User" } },
];

function statement(by) {
  const made = { Effect: by.odds(75) ? "Allow" : "Deny" };
  made[by.odds(85) ? "Action" : "NotAction"] = by.some(actions, 3);
  made[by.odds(85) ? "Resource" : "NotResource"] = by.some(resources, 3);
  if (by.odds(45)) made.Condition = Object.assign({}, ...by.some(conditions, 2));
  return made;
}

const policy = (by) => document(...Array.from({ length: by.one([1, 1, 2, 3]) }, () => statement(by)));
const user = (name, rest) => ({ name, "access-key-id": `AKIA${name.toUpperCase()}`, "secret-access-key": secret, ...rest });
const keysOf = (name) => ({ id: `AKIA${name.toUpperCase()}`, secret });

const numbers = Array.from({ length: 80 }, (_, index) => index + 1);
const made = numbers.map((number) => {
  const by = dice(number);
  return user(`a${number}`, {
    policies: Array.from({ length: by.one([0, 1, 1, 2]) }, () => policy(by)),
    ...(by.odds(25) && { "permissions-boundary": policy(by) }),
    tags: Object.assign({}, ...by.some([{ team: "rates" }, { team: "fx" }, { stage: "gray" }, { app: "site" }, {}], 3)),
  });
});

const trust = (Principal, Action, Condition, more = []) => document({ Effect: "Allow", Principal, Action, ...(Condition && { Condition }) }, ...more);
const all = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
const everything = [document(allow("*"))];
const github = { Federated: `arn:aws:iam::${accounts[0]}:oidc-provider/token.actions.githubusercontent.com` };
const claim = (operator, sub) => ({ StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" }, [operator]: { "token.actions.githubusercontent.com:sub": sub } });
const roles = {
  workflow: trust(github, "sts:AssumeRoleWithWebIdentity", claim("StringLike", "repo:acme/macro-portfolio:*")),
  environment: trust(github, "sts:AssumeRoleWithWebIdentity", claim("StringLike", "repo:acme/macro-portfolio:environment:production")),
  "by-account": trust({ AWS: accounts[0] }, all),
  "by-user": trust({ AWS: [`arn:aws:iam::${accounts[0]}:user/all`, `arn:aws:iam::${accounts[0]}:user/a1`] }, all),
  "by-anyone": trust({ AWS: "*" }, all, { StringEquals: { "sts:RoleSessionName": "${aws:username}" } }),
  "no-tags": trust({ AWS: accounts[0] }, "sts:AssumeRole"),
  external: document(
    { Effect: "Allow", Principal: { AWS: accounts[0] }, Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": "macro" } } },
    { Effect: "Allow", Principal: { AWS: accounts[0] }, Action: "sts:TagSession", Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["sha", "run"] }, StringLike: { "aws:RequestTag/sha": "*" } } },
    { Effect: "Allow", Principal: { AWS: accounts[0] }, Action: "sts:SetSourceIdentity", Condition: { StringLike: { "sts:SourceIdentity": ["dana", "lee"] } } },
  ),
  transitive: trust({ AWS: accounts[0] }, all, undefined, [
    { Effect: "Deny", Principal: "*", Action: "sts:TagSession", Condition: { "ForAnyValue:StringEquals": { "sts:TransitiveTagKeys": "run" } } },
  ]),
  "not-all": document({ Effect: "Allow", Principal: { AWS: accounts[0] }, Action: all }, { Effect: "Deny", NotPrincipal: { AWS: `arn:aws:iam::${accounts[0]}:user/all` }, Action: "sts:AssumeRole" }),
};
const listed = (account) => Object.entries(roles).filter(([name]) => account === accounts[0] || !["workflow", "environment"].includes(name)).map(([name, document]) => ({ arn: role(name, account), trust: document, policies: everything, tags: { stage: "gray" } }));

const bucket = (...statements) => document(...statements);
const objects = (name) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`];
const named = (Effect, Principal, name, Action = "s3:*", Condition) => ({ Effect, Principal, Action, Resource: objects(name), ...(Condition && { Condition }) });
const buckets = {
  [accounts[0]]: [
    { name: "bundles", versioned: true },
    { name: "by-account", policy: bucket(named("Allow", { AWS: accounts }, "by-account")) },
    { name: "by-user", policy: bucket(named("Allow", { AWS: [`arn:aws:iam::${accounts[0]}:user/a1`, `arn:aws:iam::${accounts[0]}:user/a2`, `arn:aws:iam::${accounts[0]}:user/a3`] }, "by-user")) },
    { name: "by-role", policy: bucket(named("Allow", { AWS: [role("by-account"), `arn:aws:sts::${accounts[0]}:assumed-role/by-user/run-1`] }, "by-role")) },
    { name: "anyone", policy: bucket(named("Allow", "*", "anyone", ["s3:GetObject", "s3:ListBucket"]), named("Deny", "*", "anyone", "s3:*", { Bool: { "aws:SecureTransport": "false" } })) },
    { name: "closed", policy: bucket(named("Deny", { AWS: accounts[0] }, "closed", "s3:PutObject"), { Effect: "Deny", NotPrincipal: { AWS: `arn:aws:iam::${accounts[0]}:user/a4` }, Action: "s3:GetObject", Resource: objects("closed") }) },
    { name: "tagged", policy: bucket(named("Allow", { AWS: accounts[0] }, "tagged"), named("Deny", "*", "tagged", "s3:*", { StringNotEquals: { "aws:PrincipalTag/team": "rates" } })) },
  ],
  [accounts[1]]: [{ name: "abroad", policy: bucket(named("Allow", { AWS: [accounts[0], `arn:aws:iam::${accounts[1]}:user/b1`] }, "abroad")) }, { name: "abroad-closed" }],
};
const codedeploy = { applications: [{ name: "site", "deployment-groups": [
  { name: "gray", "ec2-tag-filters": [{ Key: "Release", Value: "nowhere", Type: "KEY_AND_VALUE" }], alarms: ["slow"] },
  { name: "stable", "ec2-tag-filters": [{ Key: "Release", Value: "nowhere", Type: "KEY_AND_VALUE" }] },
] }] };

const world = {
  github: { repositories: [{ name: "acme/macro-portfolio" }], job: { sha: "0123456789abcdef0123456789abcdef01234567", environment: "gray" } },
  iam: { users: [user("all", { policies: everything }), ...made], roles: listed(accounts[0]) },
  codedeploy, s3: { buckets: buckets[accounts[0]] }, instances: [{ id: "i-1", tags: { Release: "gray" } }],
  accounts: [{
    account: accounts[1], name: "production", codedeploy, s3: { buckets: buckets[accounts[1]] },
    iam: {
      users: [user("b1", { policies: [document(allow("*"))] }), user("b2", { policies: [policy(dice(1000))] })],
      roles: listed(accounts[1]),
      "service-control-policies": [document(allow("*"), deny("codedeploy:DeleteApplication"), deny("s3:PutObject", "*", { StringEquals: { "aws:PrincipalTag/stage": "gray" } }))],
    },
  }],
};

if (process.argv[2] === "world") console.log(JSON.stringify(world, null, 1));
else await run(process.argv[3], process.argv[4]);

async function run(url, job) {
  const as = (keys) => caller(url, region, keys);
  await everyOperation(as(keysOf("all")));
  for (const name of [...made.map((one) => one.name), "b1", "b2"]) await looks(as(keysOf(name)), name);
  await chains(as);
  await webIdentity(as, job, url);
}

/** Each operation by one who may do everything. */
async function everyOperation(all) {
  const where = { applicationName: "site", deploymentGroupName: "gray" };
  const revision = { revisionType: "S3", s3Location: { bucket: "bundles", key: "site.zip", bundleType: "zip" } };
  await all.s3("PUT", "/bundles/site.zip", { body: "x", headers: { "x-amz-tagging": "sha=1&run=2" } });
  const deploy = async (more = {}) => JSON.parse((await all.codedeploy("CreateDeployment", { ...where, revision, ...more })).text).deploymentId;
  const deploymentId = await deploy({ overrideAlarmConfiguration: { enabled: false } });
  const target = { deploymentId, targetId: "i-1" };
  const instance = { deploymentId, instanceId: "i-1" };
  const app = `arn:aws:codedeploy:${region}:${accounts[0]}:application:site`;
  for (const [operation, body] of Object.entries({
    CreateApplication: { applicationName: "other", tags: [{ Key: "stage", Value: "gray" }] },
    GetApplication: { applicationName: "site" }, BatchGetApplications: { applicationNames: ["site", "other"] }, ListApplications: {},
    CreateDeploymentGroup: { applicationName: "other", deploymentGroupName: "g", serviceRoleArn: role("codedeploy"), tags: [{ Key: "team", Value: "fx" }] },
    UpdateDeploymentGroup: { applicationName: "other", currentDeploymentGroupName: "g", serviceRoleArn: role("codedeploy") },
    GetDeploymentGroup: where, BatchGetDeploymentGroups: { applicationName: "site", deploymentGroupNames: ["gray", "stable"] }, ListDeploymentGroups: { applicationName: "site" },
    CreateDeploymentConfig: { deploymentConfigName: "mine", minimumHealthyHosts: { type: "HOST_COUNT", value: 1 } }, GetDeploymentConfig: { deploymentConfigName: "mine" },
    ListDeploymentConfigs: {}, DeleteDeploymentConfig: { deploymentConfigName: "mine" },
    RegisterApplicationRevision: { applicationName: "site", revision }, GetApplicationRevision: { applicationName: "site", revision },
    BatchGetApplicationRevisions: { applicationName: "site", revisions: [revision] }, ListApplicationRevisions: { applicationName: "site" },
    GetDeployment: { deploymentId }, BatchGetDeployments: { deploymentIds: [deploymentId, "d-UNKNOWN01"] }, ListDeployments: where, StopDeployment: { deploymentId },
    ContinueDeployment: { deploymentId, deploymentWaitType: "READY_WAIT" }, SkipWaitTimeForInstanceTermination: { deploymentId },
    ListDeploymentTargets: { deploymentId }, BatchGetDeploymentTargets: { deploymentId, targetIds: ["i-1"] }, GetDeploymentTarget: target,
    ListDeploymentInstances: { deploymentId }, BatchGetDeploymentInstances: { deploymentId, instanceIds: ["i-1"] }, GetDeploymentInstance: instance,
    TagResource: { ResourceArn: app, Tags: [{ Key: "stage", Value: "gray" }] }, ListTagsForResource: { ResourceArn: app }, UntagResource: { ResourceArn: app, TagKeys: ["team"] },
    DeleteDeploymentGroup: { applicationName: "other", deploymentGroupName: "g" }, DeleteApplication: { applicationName: "other" },
  })) await all.codedeploy(operation, body);
  await all.codedeploy("GetDeployment", { deploymentId: "d-UNKNOWN01" });
  await all.codedeploy("ListDeployments", {});
  await all.codedeploy("TagResource", { ResourceArn: group("gray"), Tags: [{ Key: "stage", Value: "gray" }] });
  // Who may not see the application's revisions may register one.
  await as1(all);

  const versionId = "0".repeat(32);
  const upload = async (headers) => (await all.s3("POST", "/bundles/parts", { query: { uploads: "" }, headers })).text.match(/<UploadId>([^<]*)/)[1];
  const uploadId = await upload({ "x-amz-tagging": "sha=1" });
  const constraint = `<C><LocationConstraint>${region}</LocationConstraint></C>`;
  for (const [method, path, more] of [
    ["GET", "/"], ["PUT", "/made", { body: constraint }], ["HEAD", "/bundles"], ["GET", "/bundles", { query: { location: "" } }], ["GET", "/bundles", { query: { versioning: "" } }],
    ["PUT", "/made", { query: { versioning: "" }, body: "<V><Status>Enabled</Status></V>" }],
    ["PUT", "/made", { query: { policy: "" }, body: JSON.stringify(bucket(named("Allow", { AWS: accounts[1] }, "made"))) }], ["GET", "/made", { query: { policy: "" } }],
    ["DELETE", "/made", { query: { policy: "" } }],
    ["GET", "/bundles", { query: { "list-type": "2", prefix: "team/", "max-keys": "5" } }], ["GET", "/bundles", { query: { versions: "" } }],
    ["GET", "/bundles/site.zip"], ["HEAD", "/bundles/site.zip"], ["GET", "/bundles/site.zip", { query: { versionId } }], ["HEAD", "/bundles/site.zip", { query: { versionId } }],
    ["GET", "/bundles/none"], ["HEAD", "/bundles/none"], ["GET", "/bundles/site.zip", { query: { tagging: "" } }], ["GET", "/bundles/site.zip", { query: { tagging: "", versionId } }],
    ["PUT", "/bundles/parts", { query: { partNumber: "1", uploadId }, body: "x" }], ["GET", "/bundles/parts", { query: { uploadId } }],
    ["POST", "/bundles/parts", { query: { uploadId }, body: "<C><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></C>" }], ["DELETE", "/bundles/parts", { query: { uploadId } }],
    ["DELETE", "/bundles/gone"], ["DELETE", "/bundles/site.zip", { query: { versionId } }],
  ]) await all.s3(method, path, more);
  await all.query("ec2", "DescribeInstances");
  await all.query("monitoring", "DescribeAlarms");
  await all.query("sts", "GetCallerIdentity");
}

/** CreateDeployment by one who may register revisions and not read them. */
async function as1(all) {
  const Policy = JSON.stringify(document(allow("codedeploy:*"), deny("codedeploy:GetApplicationRevision")));
  const keys = await all.assume(role("by-account"), { Policy });
  const body = { applicationName: "site", deploymentGroupName: "stable", revision: { revisionType: "S3", s3Location: { bucket: "bundles", key: "site.zip", bundleType: "zip" } } };
  await all.as(keys).codedeploy("CreateDeployment", body);
}

/** What everybody tries. */
async function looks(one, name) {
  const tags = [{ Key: "stage", Value: "gray" }];
  for (const [operation, body] of [
    ["GetDeploymentGroup", { applicationName: "site", deploymentGroupName: "gray" }], ["GetDeploymentGroup", { applicationName: "site", deploymentGroupName: "stable" }],
    ["GetApplication", { applicationName: "site" }], ["ListApplications", {}], ["StopDeployment", { deploymentId: "d-UNKNOWN01" }], ["GetDeployment", { deploymentId: "d-UNKNOWN01" }],
    ["CreateApplication", { applicationName: `of-${name}`, tags }], ["DeleteApplication", { applicationName: `of-${name}` }], ["TagResource", { ResourceArn: group("stable"), Tags: [...tags, { Key: "other", Value: "1" }] }],
    ["CreateDeployment", { applicationName: "site", deploymentGroupName: "none" }],
  ]) await one.codedeploy(operation, body);
  for (const [method, path, more] of [
    ["GET", "/"], ["GET", "/bundles", { query: { "list-type": "2" } }], ["GET", "/bundles", { query: { "list-type": "2", prefix: `${name}/x`, "max-keys": "11" } }],
    ["GET", "/bundles/site.zip"], ["GET", `/bundles/${name}/x`], ["PUT", `/bundles/${name}/x`, { body: "x", headers: { "x-amz-server-side-encryption": "AES256" } }],
    ["PUT", "/bundles/team-rates/x", { body: "x", headers: { "x-amz-tagging": "sha=1" } }], ["PUT", "/bundles/team-none/x", { body: "x", headers: { "x-amz-tagging": "sha=2&other=1" } }],
    ["DELETE", "/bundles/a*b"],
    ...["by-account", "by-user", "by-role", "anyone", "closed", "tagged", "abroad", "abroad-closed"].flatMap((bucket) => [["GET", `/${bucket}/x`], ["PUT", `/${bucket}/x`, { body: "x" }]]),
  ]) await one.s3(method, path, more);
  await one.query("ec2", "DescribeInstances");
  await one.query("monitoring", "DescribeAlarms");
  for (const target of ["by-account", "by-user", "by-anyone"]) await one.assume(role(target), { RoleSessionName: name });
  await one.assume(role("external", accounts[1]), { ExternalId: "macro" });
}

/** Every role by several callers, with and without tags, sources and limits, and what their sessions may do. */
async function chains(as) {
  const tagged = { "Tags.member.1.Key": "sha", "Tags.member.1.Value": "1" };
  const asked = [
    {}, { ExternalId: "macro" }, tagged, { ExternalId: "macro", ...tagged }, { ExternalId: "macro", "Tags.member.1.Key": "other", "Tags.member.1.Value": "1" },
    { SourceIdentity: "dana" }, { SourceIdentity: "nobody" }, { ...tagged, "Tags.member.2.Key": "run", "Tags.member.2.Value": "2", "TransitiveTagKeys.member.1": "run" },
    { ExternalId: "macro", ...tagged, SourceIdentity: "lee", "TransitiveTagKeys.member.1": "sha" },
  ];
  const limited = JSON.stringify(document(allow(["s3:GetObject", "sts:*"]), deny("s3:*", "arn:aws:s3:::closed/*")));
  for (const start of ["all", "a1", "a5", "b1"]) {
    for (const account of accounts) {
      for (const name of Object.keys(roles).filter((one) => one !== "workflow" && one !== "environment")) {
        for (const values of asked) {
          const session = await as(keysOf(start)).assume(role(name, account), values);
          if (!session || start !== "all") continue;
          await looks(as(session), "session");
          for (const next of ["by-account", "no-tags", "external", "transitive"]) await as(session).assume(role(next, accounts[1]), { ExternalId: "macro" });
        }
        const narrow = await as(keysOf(start)).assume(role(name, account), { Policy: limited });
        if (narrow) await looks(as(narrow), "narrow");
      }
    }
  }
}

/** GitHub's token for the roles that trust it, and for one that does not trust this environment. */
async function webIdentity(as, job, url) {
  const variables = Object.fromEntries(readFileSync(job, "utf8").split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  const asking = new URL(`${variables.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=sts.amazonaws.com`);
  const { text } = await send(url, region, { method: "GET", path: asking.pathname, query: Object.fromEntries(asking.searchParams), headers: { authorization: `bearer ${variables.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` } });
  for (const name of ["workflow", "environment", "by-account"]) {
    await as(undefined).query("sts", "AssumeRoleWithWebIdentity", { RoleArn: role(name), RoleSessionName: "run-1", WebIdentityToken: JSON.parse(text).value });
  }
}
