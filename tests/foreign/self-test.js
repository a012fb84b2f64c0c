// The judges find what is planted: answers that are right, then each broken in one way.
import { judge } from "./lib/model.js";
import { judge as judgeGitHub } from "./lib/openapi.js";
import { Transcript } from "./lib/transcript.js";

let [passed, failed] = [0, 0];
function check(what, faults, expected) {
  const holds = expected === undefined ? faults.length === 0 : faults.some((fault) => fault.includes(expected));
  holds ? passed++ : failed++;
  if (!holds) console.error(`FAILED: ${what}: ${JSON.stringify(faults)}`);
}

// ---- CodeDeploy

const id = "0b1c2d3e-0000-4000-8000-000000000000";
const group = () => ({
  deploymentGroupInfo: {
    applicationName: "site", deploymentGroupId: id, deploymentGroupName: "gray", deploymentConfigName: "mine", serviceRoleArn: "arn:aws:iam::123456789012:role/r",
    ec2TagFilters: [{ Key: "a", Value: "b", Type: "KEY_AND_VALUE" }], deploymentStyle: { deploymentType: "IN_PLACE", deploymentOption: "WITHOUT_TRAFFIC_CONTROL" },
    autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_FAILURE"] }, computePlatform: "Server",
    lastSuccessfulDeployment: { deploymentId: "d-ABCDEFGHI", status: "Succeeded", createTime: 1764000000.25 },
  },
});
const json = (answer, { status = 200, operation = "GetDeploymentGroup", headers = {} } = {}) => {
  const body = Buffer.from(typeof answer === "string" ? answer : JSON.stringify(answer));
  const own = { "content-type": "application/x-amz-json-1.1", "content-length": String(body.length), "x-amzn-requestid": id, ...headers };
  return judge({ service: "codedeploy", operation, status, headers: Object.fromEntries(Object.entries(own).filter(([, value]) => value)), body, request: { method: "POST", path: "/" } });
};
const broken = (change) => {
  const answer = group();
  change(answer.deploymentGroupInfo, answer);
  return json(answer);
};

check("a right answer", json(group()));
check("a wrong type", broken((info) => (info.applicationName = 5)), "is number, not string");
check("a missing member", broken((info) => delete info.deploymentStyle), "deploymentStyle: is missing");
check("a missing answer", broken((info, answer) => delete answer.deploymentGroupInfo), "deploymentGroupInfo: is missing");
check("a member of no model", broken((info) => (info.colour = "gray")), "has no such member");
check("a member in another case", broken((info) => (info.ec2TagFilters[0].key = "a")), "has no such member");
check("null", broken((info) => (info.deploymentConfigName = null)), "is null");
check("a time as text", broken((info) => (info.lastSuccessfulDeployment.createTime = "2026-01-01T00:00:00Z")), "is string, not number");
check("a time in milliseconds", broken((info) => (info.lastSuccessfulDeployment.createTime = 1764000000250)), "is not a time in seconds");
check("a value of no enumeration", broken((info) => (info.lastSuccessfulDeployment.status = "Done")), "'Done' is not one of");
check("a value of no enumeration in a list", broken((info) => (info.autoRollbackConfiguration.events = ["ON_TUESDAYS"])), "'ON_TUESDAYS' is not one of");
check("an object for a list", broken((info) => (info.ec2TagFilters = {})), "is object, not array");
check("no JSON", json("<html>"), "is not JSON");
check("another content type", json(group(), { headers: { "content-type": "application/json" } }), "the content type is application/json");
check("no request id", json(group(), { headers: { "x-amzn-requestid": "" } }), "there is no request id");
check("an operation of no model", json({}, { operation: "GetWeather" }), "the model has no GetWeather");
check("output where there is none", json({ a: 1 }, { operation: "ContinueDeployment" }), "the operation has no output");
check("the config's type that the model forgot", json(
  { deploymentConfigInfo: { deploymentConfigId: id, deploymentConfigName: "c", minimumHealthyHosts: { type: "MOST_CONCURRENCY", value: 1 }, createTime: 1764000000, computePlatform: "Server" } },
  { operation: "GetDeploymentConfig" },
));

const refusal = (type, more = {}, status = 400) => json({ __type: type, message: "No.", ...more }, { status });
check("a declared error", refusal("DeploymentGroupDoesNotExistException"));
check("... with its namespace", refusal("com.amazonaws.codedeploy#DeploymentGroupDoesNotExistException"));
check("a common error", refusal("AccessDeniedException"));
check("an undeclared error", refusal("DeploymentDoesNotExistException"), "does not declare DeploymentDoesNotExistException");
check("an error without a name", json({ message: "No." }, { status: 400 }), "there is no __type");
check("an error without words", json({ __type: "AccessDeniedException" }, { status: 400 }), "there is no message");
check("an error with another status", refusal("AccessDeniedException", {}, 403), "has status 403");
check("an error that says more", refusal("AccessDeniedException", { hint: "ask" }), "hint is not a member of an error");

// ---- STS and S3

const xml = (service, operation, text, { status = 200, headers = {}, method = "GET" } = {}) => judge({
  service, operation, status, body: Buffer.from(text), request: { method, path: "/" },
  headers: { "content-type": service === "sts" ? "text/xml" : "application/xml", [service === "sts" ? "x-amzn-requestid" : "x-amz-request-id"]: "R1", ...headers },
});
const identity = "<GetCallerIdentityResponse xmlns='x'><GetCallerIdentityResult><Arn>a</Arn><UserId>u</UserId><Account>1</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>R1</RequestId></ResponseMetadata></GetCallerIdentityResponse>";
const denied = (code, type = "Sender") => `<ErrorResponse><Error><Type>${type}</Type><Code>${code}</Code><Message>No.</Message></Error><RequestId>R1</RequestId></ErrorResponse>`;
check("an identity", xml("sts", "GetCallerIdentity", identity));
check("... without its account", xml("sts", "GetCallerIdentity", identity.replace("<Account>1</Account>", "")), "Account: is missing");
check("... with more", xml("sts", "GetCallerIdentity", identity.replace("<Arn>", "<Name>n</Name><Arn>")), "has no such member");
check("... of another request", xml("sts", "GetCallerIdentity", identity.replace("R1", "R2")), "the request id is not that of the header");
check("... that does not end", xml("sts", "GetCallerIdentity", identity.slice(0, -9)), "is not XML");
check("a refused token", xml("sts", "AssumeRoleWithWebIdentity", denied("InvalidIdentityToken"), { status: 400 }));
check("... of an operation that knows none", xml("sts", "AssumeRole", denied("InvalidIdentityToken"), { status: 400 }), "does not declare InvalidIdentityToken");
check("... with another status", xml("sts", "AssumeRole", denied("AccessDenied"), { status: 400 }), "has status 400");

const entry = "<Key>a</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;e&quot;</ETag><Size>3</Size><StorageClass>STANDARD</StorageClass>";
const list = `<ListBucketResult><Name>b</Name><Prefix></Prefix><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><Contents>${entry}</Contents></ListBucketResult>`;
check("a list", xml("s3", "ListObjectsV2", list));
check("... with a size that is none", xml("s3", "ListObjectsV2", list.replace("<Size>3", "<Size>three")), "is not a number");
check("... with a time that is none", xml("s3", "ListObjectsV2", list.replace("2026-01-01T00:00:00.000Z", "yesterday")), "is not a time");
check("... with a storage that is none", xml("s3", "ListObjectsV2", list.replace("STANDARD", "ATTIC")), "'ATTIC' is not one of");
check("... under another root", xml("s3", "ListObjectsV2", list.replaceAll("ListBucketResult", "ListResult")), "not ListBucketResult");
check("... without its size", xml("s3", "ListObjectsV2", list.replace("<Size>3</Size>", "")), "Size: is missing");
const put = { headers: { etag: '"e"', "content-type": "" }, method: "PUT" };
check("a put", xml("s3", "PutObject", "", put));
check("... without its tag", xml("s3", "PutObject", "", { ...put, headers: {} }), "header etag: is missing");
check("... with a header of no model", xml("s3", "PutObject", "", { ...put, headers: { ...put.headers, "x-amz-colour": "gray" } }), "has no such member");
check("... with a body", xml("s3", "PutObject", "<a/>", put), "the operation has no output");

// ---- GitHub

const comment = () => ({
  url: "https://h/c/1", html_url: "https://h/p", issue_url: "https://h/i", id: 1, node_id: "n", user: null, created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z", body: "b", author_association: "NONE",
});
const said = (change, status = 200) => {
  const body = comment();
  change(body);
  return judgeGitHub({ method: "GET", route: "/repos/{owner}/{repo}/issues/comments/{comment_id}", status, headers: new Headers({ "x-github-request-id": "R", "content-type": "application/json; charset=utf-8" }), body: JSON.stringify(body) });
};
check("a comment", said(() => {}));
check("... without its id", said((body) => delete body.id), "required property 'id'");
check("... with its id as text", said((body) => (body.id = "1")), "must be integer");
check("... null where there is always something", said((body) => (body.url = null)), "must be string");
check("... with a time that is none", said((body) => (body.created_at = "now")), 'must match format "date-time"');
check("... by an author of no kind", said((body) => (body.author_association = "FRIEND")), "must be equal to one of");
check("... with more", said((body) => (body.colour = "gray")), "/colour is a member that the description does not have");
check("... with a status that it cannot have", said(() => {}, 418), "the description has no status 418");
check("... with the answer to another", said(() => {}, 404), "/id is a member");

// ---- The transcript

const two = [["d-ABCDEFGHI", "us-east-1"], ["d-ZYXWVUTSR", "ap-east-1"]].map(([deployment, region]) => {
  const transcript = new Transcript();
  transcript.rename({ region });
  transcript.value("<", { b: deployment, a: `${deployment} in ${region}`, createTime: new Date(), SecretAccessKey: "x" });
  return transcript.toString();
});
check("what differs only by place reads the same", two[0] === two[1] ? [] : two);
check("... and hides what is secret", two[0].includes('"SecretAccessKey":"{secret}"') ? [] : two);

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
