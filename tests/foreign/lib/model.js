// Answers held against AWS's own model, as the npm packages of its clients carry it: members and their types from the schemas, the values of
// enumerations and the errors that an operation declares from the type declarations.
import { readFileSync } from "node:fs";
import { NormalizedSchema } from "@smithy/core/schema";
import { XMLParser } from "fast-xml-parser";
import * as codedeploy from "@aws-sdk/client-codedeploy";
import * as s3 from "@aws-sdk/client-s3";
import * as sts from "@aws-sdk/client-sts";

/** Errors that any operation may answer. https://docs.aws.amazon.com/codedeploy/latest/APIReference/CommonErrors.html and the like of the others. */
const common = {
  codedeploy: [
    "AccessDeniedException", "ExpiredTokenException", "IncompleteSignatureException", "InternalFailure", "InvalidSignatureException",
    "MissingAuthenticationTokenException", "SerializationException", "ServiceUnavailable", "ThrottlingException", "UnknownOperationException",
    "UnrecognizedClientException",
  ],
  sts: [
    "AccessDenied", "ExpiredToken", "IncompleteSignature", "InternalFailure", "InvalidAction", "InvalidClientTokenId", "MalformedInput", "MissingAction",
    "MissingAuthenticationToken", "SignatureDoesNotMatch", "Throttling", "ValidationError",
  ],
  // S3 declares few; its list is https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  s3: [
    "AccessDenied", "BadDigest", "BucketAlreadyExists", "BucketAlreadyOwnedByYou", "ConditionalRequestConflict", "EntityTooLarge", "EntityTooSmall",
    "ExpiredToken", "IncompleteBody", "InternalError", "InvalidAccessKeyId", "InvalidArgument", "InvalidBucketName", "InvalidDigest", "InvalidPart",
    "InvalidPartOrder", "InvalidRange", "InvalidRequest", "InvalidTag", "InvalidToken", "KeyTooLongError", "MalformedXML", "MetadataTooLarge", "MethodNotAllowed",
    "MissingContentLength", "NoSuchBucket", "NoSuchKey", "NoSuchUpload", "NoSuchVersion", "NotImplemented", "NotModified", "PreconditionFailed",
    "RequestTimeTooSkewed", "SignatureDoesNotMatch", "SlowDown", "XAmzContentSHA256Mismatch",
  ],
};

/** What the services answer although their models do not list it. MOST_CONCURRENCY: the type of CodeDeployDefault.OneAtATime. */
const unlisted = { "MinimumHealthyHosts.type": ["MOST_CONCURRENCY"] };

/** The model makes next to nothing of an answer required; these members are in every answer of the service that AWS's guides and examples show. */
const always = {
  CreateApplicationOutput: ["applicationId"],
  CreateDeploymentOutput: ["deploymentId"],
  CreateDeploymentConfigOutput: ["deploymentConfigId"],
  CreateDeploymentGroupOutput: ["deploymentGroupId"],
  UpdateDeploymentGroupOutput: ["hooksNotCleanedUp"],
  DeleteDeploymentGroupOutput: ["hooksNotCleanedUp"],
  GetApplicationOutput: ["application"],
  ApplicationInfo: ["applicationId", "applicationName", "createTime", "linkedToGitHub", "computePlatform"],
  BatchGetApplicationsOutput: ["applicationsInfo"],
  ListApplicationsOutput: ["applications"],
  GetDeploymentOutput: ["deploymentInfo"],
  BatchGetDeploymentsOutput: ["deploymentsInfo"],
  DeploymentInfo: [
    "applicationName", "deploymentGroupName", "deploymentConfigName", "deploymentId", "revision", "status", "createTime", "creator", "ignoreApplicationStopFailures",
    "updateOutdatedInstancesOnly", "deploymentStyle", "instanceTerminationWaitTimeStarted", "fileExistsBehavior", "computePlatform",
  ],
  DeploymentStyle: ["deploymentType", "deploymentOption"],
  DeploymentOverview: ["Pending", "InProgress", "Succeeded", "Failed", "Skipped", "Ready"],
  ErrorInformation: ["code", "message"],
  ListDeploymentsOutput: ["deployments"],
  StopDeploymentOutput: ["status", "statusMessage"],
  ListDeploymentTargetsOutput: ["targetIds"],
  GetDeploymentTargetOutput: ["deploymentTarget"],
  BatchGetDeploymentTargetsOutput: ["deploymentTargets"],
  DeploymentTarget: ["deploymentTargetType", "instanceTarget"],
  InstanceTarget: ["deploymentId", "targetId", "targetArn", "status", "lastUpdatedAt", "lifecycleEvents"],
  LifecycleEvent: ["lifecycleEventName", "status"],
  Diagnostics: ["errorCode", "scriptName", "message", "logTail"],
  GetDeploymentGroupOutput: ["deploymentGroupInfo"],
  BatchGetDeploymentGroupsOutput: ["deploymentGroupsInfo"],
  DeploymentGroupInfo: ["applicationName", "deploymentGroupId", "deploymentGroupName", "deploymentConfigName", "serviceRoleArn", "deploymentStyle", "computePlatform"],
  LastDeploymentInfo: ["deploymentId", "status", "createTime"],
  ListDeploymentGroupsOutput: ["applicationName", "deploymentGroups"],
  GetDeploymentConfigOutput: ["deploymentConfigInfo"],
  DeploymentConfigInfo: ["deploymentConfigId", "deploymentConfigName", "createTime", "computePlatform"],
  MinimumHealthyHosts: ["type", "value"],
  ListDeploymentConfigsOutput: ["deploymentConfigsList"],
  GetApplicationRevisionOutput: ["applicationName", "revision", "revisionInfo"],
  GenericRevisionInfo: ["registerTime"],
  RevisionLocation: ["revisionType"],
  ListApplicationRevisionsOutput: ["revisions"],
  BatchGetApplicationRevisionsOutput: ["applicationName", "revisions"],
  AssumeRoleResponse: ["Credentials", "AssumedRoleUser"],
  AssumeRoleWithWebIdentityResponse: ["Credentials", "SubjectFromWebIdentityToken", "AssumedRoleUser", "Provider", "Audience"],
  GetCallerIdentityResponse: ["UserId", "Account", "Arn"],
  PutObjectOutput: ["ETag"],
  GetObjectOutput: ["ETag", "LastModified", "ContentLength", "ContentType", "AcceptRanges"],
  HeadObjectOutput: ["ETag", "LastModified", "ContentLength", "ContentType", "AcceptRanges"],
  UploadPartOutput: ["ETag"],
  CreateMultipartUploadOutput: ["Bucket", "Key", "UploadId"],
  CompleteMultipartUploadOutput: ["Location", "Bucket", "Key", "ETag"],
  ListObjectsV2Output: ["IsTruncated", "Name", "MaxKeys", "KeyCount"],
  ListObjectVersionsOutput: ["IsTruncated", "Name", "MaxKeys"],
  ListPartsOutput: ["Bucket", "Key", "UploadId", "MaxParts", "IsTruncated", "StorageClass"],
  Object: ["Key", "LastModified", "ETag", "Size", "StorageClass"],
  ObjectVersion: ["Key", "LastModified", "ETag", "Size", "StorageClass", "VersionId", "IsLatest"],
  DeleteMarkerEntry: ["Key", "LastModified", "VersionId", "IsLatest"],
  Part: ["PartNumber", "LastModified", "ETag", "Size"],
};

class Service {
  constructor(name, module) {
    this.name = name;
    this.module = module;
    this.folder = new URL(`../node_modules/@aws-sdk/client-${name}/dist-types/`, import.meta.url);
    this.enums = new Map(Object.entries(module).filter(([, value]) => isEnum(value)).map(([key, value]) => [key, Object.values(value)]));
    this.members = new Map();
    this.required = new Map();
    for (const file of ["models_0", "models_1"]) this.#read(`models/${file}.d.ts`);
    this.errors = new Map();
  }

  output(operation) {
    const schema = this.module[`${operation}$`];
    return Array.isArray(schema) && schema[0] === 9 ? NormalizedSchema.of(schema[5]) : undefined;
  }

  /** The names of an operation's errors as they go over the wire. */
  declared(operation) {
    if (!this.errors.has(operation)) {
      const text = readFileSync(new URL(`commands/${operation}Command.d.ts`, this.folder), "utf8");
      const names = [...text.matchAll(/@throws \{@link (\w+)\}/g)].map((match) => match[1]).filter((name) => this.module[`${name}$`]);
      this.errors.set(operation, names.map((name) => NormalizedSchema.of(this.module[`${name}$`]).getMergedTraits().awsQueryError?.[0] ?? name));
    }
    return this.errors.get(operation);
  }

  /** The values that a member may have, or undefined where it is no enumeration. */
  valuesOf(shape, member) {
    // TypeScript has an Object of its own, so the package calls S3's _Object.
    const type = this.members.get(`${shape}.${member}`) ?? this.members.get(`_${shape}.${member}`) ?? "";
    const name = type.match(/\w+/g)?.find((word) => this.enums.has(word));
    return name && [...this.enums.get(name), ...(unlisted[`${shape}.${member}`] ?? [])];
  }

  #read(file) {
    let text;
    try {
      text = readFileSync(new URL(file, this.folder), "utf8");
    } catch {
      return;
    }
    for (const [, shape, body] of text.replace(/\/\*[^]*?\*\//g, "").matchAll(/export interface (\w+)[^{]*\{([^]*?)\n\}/g))
      for (const [, member, type] of body.matchAll(/^\s*(\w+)\??: ([^;]+);/gm)) this.members.set(`${shape}.${member}`, type);
  }
}

function isEnum(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every((one) => typeof one === "string");
}

const services = { codedeploy: new Service("codedeploy", codedeploy), sts: new Service("sts", sts), s3: new Service("s3", s3) };

/** What is wrong with an answer: sentences, none when it is as the model has it. */
export function judge(exchange) {
  const service = services[exchange.service];
  const faults = [];
  const say = (where, what) => faults.push(`${where}: ${what}`);
  const request = exchange.headers["x-amzn-requestid"] ?? exchange.headers["x-amz-request-id"];
  if (!request) say("headers", "there is no request id");
  if (exchange.service === "codedeploy") judgeJson(service, exchange, say);
  else judgeXml(service, exchange, say);
  return faults;
}

// ---- JSON 1.1

function judgeJson(service, { operation, status, headers, body }, say) {
  if (headers["content-type"] !== "application/x-amz-json-1.1") say("headers", `the content type is ${headers["content-type"]}`);
  if (headers["content-length"] !== String(body.length)) say("headers", `the content length is ${headers["content-length"]}, of ${body.length} bytes`);
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(headers["x-amzn-requestid"] ?? "")) say("headers", "x-amzn-RequestId is not a UUID");
  const output = service.output(operation);
  let answer;
  try {
    answer = body.length ? JSON.parse(body.toString()) : undefined;
  } catch {
    return say("body", "is not JSON");
  }

  if (status !== 200) return judgeJsonError(service, operation, status, answer, say);
  if (output === undefined) return say("operation", `the model has no ${operation}`);
  if (output.isUnitSchema()) return answer === undefined || Object.keys(answer).length === 0 || say("body", "the operation has no output");
  judgeValue(service, output, answer, output.getName(), say);
}

function judgeJsonError(service, operation, status, answer, say) {
  const name = String(answer?.__type ?? "").split("#").at(-1);
  if (!name) return say("error", "there is no __type");
  if (status !== (/^(InternalFailure|ServiceUnavailable)$/.test(name) ? 500 : 400)) say("error", `${name} has status ${status}`);
  const declared = service.output(operation) ? service.declared(operation) : [];
  if (!declared.includes(name) && !common.codedeploy.includes(name)) say("error", `${operation} does not declare ${name}`);
  for (const [member, value] of Object.entries(answer)) {
    if (!["__type", "message", "Message"].includes(member)) say("error", `${member} is not a member of an error`);
    else if (typeof value !== "string" || value === "") say("error", `${member} is no text`);
  }
  if (!(answer.message ?? answer.Message)) say("error", "there is no message");
}

function judgeValue(service, schema, value, where, say, [shape, member] = []) {
  if (value === null || value === undefined) return say(where, `is ${value === null ? "null" : "missing"}`);
  const kind = Array.isArray(value) ? "array" : typeof value;
  const want = (type) => kind === type || (say(where, `is ${kind}, not ${type}`), false);
  if (schema.isStructSchema()) {
    if (!want("object")) return;
    const members = new Map(schema.structIterator());
    const name = schema.getName();
    for (const [key, one] of Object.entries(value)) {
      if (members.has(key)) judgeValue(service, members.get(key), one, `${where}.${key}`, say, [name, key]);
      else say(`${where}.${key}`, `the model's ${name} has no such member`);
    }
    for (const key of missing(schema, (one) => value[one] !== undefined)) say(`${where}.${key}`, "is missing");
  } else if (schema.isListSchema()) {
    if (want("array")) value.forEach((one, index) => judgeValue(service, schema.getValueSchema(), one, `${where}[${index}]`, say, [shape, member]));
  } else if (schema.isMapSchema()) {
    if (want("object")) for (const [key, one] of Object.entries(value)) judgeValue(service, schema.getValueSchema(), one, `${where}.${key}`, say);
  } else if (schema.isBooleanSchema()) {
    want("boolean");
  } else if (schema.isTimestampSchema()) {
    if (want("number") && !(value > 1e9 && value < 1e10)) say(where, `${value} is not a time in seconds`);
  } else if (schema.isNumericSchema()) {
    if (want("number") && !Number.isInteger(value)) say(where, `${value} is not whole`);
  } else if (schema.isStringSchema() && want("string")) {
    judgeText(service, value, where, say, shape, member);
  }
}

function judgeText(service, value, where, say, shape, member) {
  const values = shape && service.valuesOf(shape, member);
  if (values && !values.includes(value)) say(where, `'${value}' is not one of ${values.join(", ")}`);
}

/** Members that the model requires, or that the service always tells. */
function missing(schema, has) {
  const own = schema.getSchema();
  const required = own[4].slice(0, own[6] ?? 0);
  return [...new Set([...required, ...(always[schema.getName()] ?? [])])].filter((name) => !has(name));
}

// ---- XML: STS's query protocol and S3's REST

const parser = new XMLParser({ ignoreAttributes: true, ignoreDeclaration: true, parseTagValue: false, trimValues: false, isArray: () => true });

function judgeXml(service, exchange, say) {
  const { operation, status, headers, body, request } = exchange;
  const text = body.toString();
  const output = operation && service.output(operation);
  if (!output) return say("operation", `the model has no ${operation}`);
  if (status >= 300) return judgeXmlError(service, exchange, text, say);

  if (service.name === "s3") judgeHeaders(service, output, headers, say);
  const members = [...output.structIterator()];
  const isBody = members.some(([, schema]) => schema.getMergedTraits().httpPayload);
  const hasBody = members.some(([, schema]) => !Object.keys(schema.getMergedTraits()).some((trait) => trait.startsWith("http")));
  if (isBody || request.method === "HEAD") return;
  // Of GetBucketLocation the root itself is the text, in no way that the model could say.
  if (operation === "GetBucketLocation") return /<LocationConstraint xmlns="[^"]+">[a-z0-9-]*<\/LocationConstraint>/.test(text) || say("body", text);
  if (!hasBody) return text === "" || say("body", "the operation has no output");

  if (!/^(text|application)\/xml/.test(headers["content-type"] ?? "")) say("headers", `the content type is ${headers["content-type"]}`);
  const document = parsed(text, say);
  if (!document) return;
  if (service.name === "s3") {
    const root = output.getMergedTraits().xmlName ?? output.getName();
    if (!document[root]) return say("body", `the root is ${Object.keys(document)}, not ${root}`);
    return judgeElement(service, output, document[root][0], root, say, headers);
  }

  const response = document[`${operation}Response`]?.[0];
  const result = response?.[`${operation}Result`]?.[0];
  if (!response || result === undefined) return say("body", `there is no ${operation}Result in an ${operation}Response`);
  if (response.ResponseMetadata?.[0]?.RequestId?.[0] !== headers["x-amzn-requestid"]) say("body", "the request id is not that of the header");
  judgeElement(service, output, result, `${operation}Result`, say);
}

function judgeXmlError(service, { operation, status, headers, body, request }, text, say) {
  // There is nothing to say in the answer to HEAD, nor in 304.
  if (request.method === "HEAD" || status === 304) return body.length === 0 || say("body", "is not empty");
  if (!/^(text|application)\/xml/.test(headers["content-type"] ?? "")) say("headers", `the content type is ${headers["content-type"]}`);
  const document = parsed(text, say);
  if (!document) return;
  const response = document.ErrorResponse?.[0];
  const error = service.name === "sts" ? response?.Error?.[0] : document.Error?.[0];
  if (!error) return say("error", `the root is ${Object.keys(document)}`);
  const [name, message] = [error.Code?.[0], error.Message?.[0]];
  if (!name || !message) return say("error", "there is no Code or no Message");
  if (![...service.declared(operation), ...common[service.name]].includes(name)) say("error", `${operation} does not declare ${name}`);
  if (service.name === "sts" && error.Type?.[0] !== "Sender") say("error", `the type is ${error.Type?.[0]}`);
  const id = service.name === "sts" ? [response.RequestId?.[0], headers["x-amzn-requestid"]] : [error.RequestId?.[0], headers["x-amz-request-id"]];
  if (id[0] !== id[1]) say("error", "the request id is not that of the header");
  const forbidden = /^(AccessDenied|SignatureDoesNotMatch|InvalidAccessKeyId|InvalidClientTokenId|ExpiredToken|MissingAuthenticationToken)$/;
  if (service.name === "sts" && forbidden.test(name) !== (status === 403)) say("error", `${name} has status ${status}`);
}

function parsed(text, say) {
  try {
    return parser.parse(text, true);
  } catch (error) {
    say("body", `is not XML: ${error.message}`);
  }
}

function judgeElement(service, schema, node, where, say, headers = {}, [shape, member] = []) {
  if (schema.isStructSchema()) {
    if (typeof node === "string") node = {};
    const name = schema.getName();
    const elements = new Map();
    const seen = new Set();
    for (const [key, one] of schema.structIterator()) {
      const traits = one.getMergedTraits();
      if (traits.httpHeader && headers[traits.httpHeader.toLowerCase()] !== undefined) seen.add(key);
      if (!traits.httpHeader && !traits.httpPrefixHeaders) elements.set(traits.xmlName ?? key, [key, one, traits]);
    }
    for (const [tag, nodes] of Object.entries(node)) {
      if (!elements.has(tag)) {
        say(`${where}.${tag}`, `the model's ${name} has no such member`);
        continue;
      }
      const [key, one, traits] = elements.get(tag);
      seen.add(key);
      const path = `${where}.${tag}`;
      if (one.isListSchema()) {
        const value = one.getValueSchema();
        const item = value.getMergedTraits().xmlName ?? "member";
        const items = traits.xmlFlattened ? nodes : nodes.flatMap((list) => (typeof list === "string" ? [] : (list[item] ?? [])));
        const strange = traits.xmlFlattened ? [] : nodes.flatMap((list) => Object.keys(list)).filter((other) => other !== item && typeof nodes[0] !== "string");
        if (strange.length) say(path, `has ${strange} instead of ${item}`);
        items.forEach((each, index) => judgeElement(service, value, each, `${path}[${index}]`, say, {}, [name, key]));
      } else if (nodes.length !== 1) {
        say(path, `is there ${nodes.length} times`);
      } else {
        judgeElement(service, one, nodes[0], path, say, {}, [name, key]);
      }
    }
    for (const key of missing(schema, (one) => seen.has(one))) say(`${where}.${key}`, "is missing");
  } else {
    judgeWord(service, schema, node, where, say, shape, member);
  }
}

/** A value that is text on the wire. */
function judgeWord(service, schema, text, where, say, shape, member) {
  if (typeof text !== "string") say(where, "is no text");
  else if (schema.isTimestampSchema()) {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(text)) say(where, `'${text}' is not a time`);
  } else if (schema.isBooleanSchema()) {
    if (!/^(true|false)$/.test(text)) say(where, `'${text}' is not true or false`);
  } else if (schema.isNumericSchema()) {
    if (!/^-?\d+$/.test(text)) say(where, `'${text}' is not a number`);
  } else if (schema.isStringSchema()) judgeText(service, text, where, say, shape, member);
}

/** The headers that S3 uses as members of an answer. */
function judgeHeaders(service, output, headers, say) {
  const bound = new Map();
  for (const [key, schema] of output.structIterator()) {
    const { httpHeader } = schema.getMergedTraits();
    if (!httpHeader) continue;
    bound.set(httpHeader.toLowerCase(), key);
    const value = headers[httpHeader.toLowerCase()];
    if (value === undefined) continue;
    const where = `header ${httpHeader}`;
    if (schema.isTimestampSchema()) {
      if (Number.isNaN(Date.parse(value)) || !value.endsWith("GMT")) say(where, `'${value}' is not a time`);
    } else judgeWord(service, schema, value, where, say, output.getName(), key);
  }
  for (const name of Object.keys(headers).filter((one) => one.startsWith("x-amz-"))) {
    const isKnown = bound.has(name) || name.startsWith("x-amz-meta-") || ["x-amz-request-id", "x-amz-id-2"].includes(name);
    if (!isKnown) say(`header ${name}`, `the model's ${output.getName()} has no such member`);
  }
  for (const key of always[output.getName()] ?? []) {
    const header = [...bound].find(([, one]) => one === key)?.[0];
    if (header && headers[header] === undefined) say(`header ${header}`, "is missing");
  }
}
