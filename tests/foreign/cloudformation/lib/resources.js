// Resources as AWS describes them: types, properties, attributes, tags.
import spec from '@aws-cdk/aws-service-spec';
import { alternatives, functionOf } from './template.js';

const database = await spec.loadAwsServiceSpec();
export const ownershipTags = ['application', 'stage', 'repository', 'file', 'owner', 'cost-centre'];

export function resourceType(name) {
  return database.lookup('resource', 'cloudFormationType', 'equals', name)[0];
}

/** What is wrong with the resources' properties. */
export function* resourceProblems(template) {
  for (const [name, resource] of Object.entries(template.Resources)) {
    const type = resourceType(resource.Type);
    if (!type) yield `${name}: there is no resource type ${resource.Type}.`;
    else {
      yield* compare(resource.Properties ?? {}, type, name);
      yield* tagProblems(resource, type, name);
    }
  }
}

function* compare(given, type, path) {
  for (const [name, property] of Object.entries(type.properties))
    if (property.required && !(name in given)) yield `${path}: ${name} is missing.`;
  for (const [name, value] of Object.entries(given)) {
    const property = type.properties[name];
    if (!property) yield `${path}: there is no property ${name}.`;
    else for (const one of alternatives(value)) yield* compareValue(one, property.type, `${path}.${name}`);
  }
}

function* compareValue(value, type, path) {
  if (functionOf(value)) return;
  switch (type.type) {
    case 'array':
      if (!Array.isArray(value)) yield `${path}: a list is expected.`;
      else for (const [index, item] of value.entries())
        for (const one of alternatives(item)) yield* compareValue(one, type.element, `${path}[${index}]`);
      break;
    case 'ref':
      if (typeof value !== 'object') yield `${path}: properties are expected.`;
      else yield* compare(value, database.get('typeDefinition', type.reference.$ref), path);
      break;
    case 'string':
      if (typeof value === 'object') yield `${path}: text is expected.`;
      else if (type.allowedValues && !type.allowedValues.includes(`${value}`)) yield `${path}: '${value}' is none of ${type.allowedValues}.`;
      break;
    case 'integer':
    case 'number':
      if (Number.isNaN(Number(value))) yield `${path}: a number is expected.`;
      break;
    case 'boolean':
      if (!['true', 'false'].includes(`${value}`)) yield `${path}: true or false is expected.`;
      break;
    case 'tag':
      if (!value.Key || !('Value' in value)) yield `${path}: a tag has Key and Value.`;
      break;
  }
}

function* tagProblems({ Type, Properties = {} }, type, name) {
  // A launch template's own tags are not where its description looks for them.
  const tagSets = Type === 'AWS::EC2::LaunchTemplate'
    ? [Properties.TagSpecifications?.find(({ ResourceType }) => ResourceType === 'launch-template')?.Tags ?? [], ...(Properties.LaunchTemplateData.TagSpecifications ?? []).map(({ Tags }) => Tags)]
    : type.tagInformation ? [Properties[type.tagInformation.tagPropertyName] ?? []] : [];
  for (const tags of tagSets)
    for (const wanted of ownershipTags)
      if (!tags.some(({ Key }) => Key === wanted)) yield `${name}: the tag ${wanted} is missing.`;
}
