// What a template's parts say of one another.
import { functionOf, namesIn, walk } from './template.js';
import { resourceType } from './resources.js';

const pseudo = ['AccountId', 'NoValue', 'NotificationARNs', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'].map(name => `AWS::${name}`);

/** References that lead nowhere, and parts that nothing refers to. */
export function* referenceProblems(template) {
  const { Parameters = {}, Conditions = {}, Mappings = {}, Resources, Outputs = {}, Rules = {} } = template;
  const used = new Set();
  const known = name => (name in Parameters || name in Resources || pseudo.includes(name)) && used.add(name);
  for (const { path, key, value, parent } of walk({ Conditions, Resources, Outputs, Rules })) {
    if (key === 'Ref' && functionOf(parent) && !known(value)) yield `${path}: there is no ${value}.`;
    if (key === 'Fn::GetAtt') yield* attributeProblems(value, path);
    if (key === 'Fn::Sub')
      for (const name of namesIn(value))
        if (name.includes('.')) yield* attributeProblems([name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)], path);
        else if (!known(name)) yield `${path}: there is no ${name}.`;
    if (key === 'Fn::If' || (key === 'Condition' && typeof value === 'string')) {
      const name = key === 'Condition' ? value : value[0];
      used.add(name);
      if (!(name in Conditions)) yield `${path}: there is no condition ${name}.`;
    }
    if (key === 'Fn::FindInMap') {
      used.add(value[0]);
      if (!(value[0] in Mappings)) yield `${path}: there is no mapping ${value[0]}.`;
      else for (const [first, map] of Object.entries(Mappings[value[0]]))
        if (typeof value[2] === 'string' && !(value[2] in map)) yield `${path}: ${first} of ${value[0]} has no ${value[2]}.`;
    }
    if (key === 'DependsOn')
      for (const name of [value].flat()) if (!(name in Resources)) yield `${path}: there is no resource ${name}.`;
  }
  for (const [kind, parts] of Object.entries({ Parameters, Conditions, Mappings }))
    for (const name of Object.keys(parts)) if (!used.has(name)) yield `${kind}.${name}: nothing refers to it.`;

  function* attributeProblems([name, attribute], path) {
    used.add(name);
    const type = Resources[name] && resourceType(Resources[name].Type);
    if (!type) yield `${path}: there is no resource ${name}.`;
    else if (!(attribute in type.attributes)) yield `${path}: ${Resources[name].Type} has no attribute ${attribute}.`;
  }
}

/** Whoever fills in the form must be told what to write, and what was wrong with it. */
export function* parameterProblems({ Parameters = {}, Metadata = {} }) {
  const groups = (Metadata['AWS::CloudFormation::Interface']?.ParameterGroups ?? []).flatMap(group => group.Parameters);
  for (const name of Object.keys(Parameters).filter(name => groups.filter(one => one === name).length !== 1)) yield `Parameters.${name}: stands in no group of the interface, or in several.`;
  for (const name of groups.filter(name => !(name in Parameters))) yield `Metadata: there is no parameter ${name}.`;
  for (const [name, parameter] of Object.entries(Parameters)) {
    if (!parameter.Description) yield `Parameters.${name}: has no Description.`;
    const isChecked = parameter.AllowedValues || parameter.Type.includes('AWS::');
    if (!isChecked && !(parameter.ConstraintDescription && (parameter.AllowedPattern || parameter.MaxLength || 'MinValue' in parameter)))
      yield `Parameters.${name}: takes anything, or does not say what it takes.`;
  }
}
