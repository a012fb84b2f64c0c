// AWS's model of CodeDeploy, as its JavaScript client carries it: the shapes in its schemas, and in its type declarations what the schemas
// leave out: which constants a text is of, which errors an operation declares, and what is deprecated.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import * as sdk from '@aws-sdk/client-codedeploy';

const folder = dirname(createRequire(import.meta.url).resolve('@aws-sdk/client-codedeploy/package.json'));
const declarations = path => readFileSync(join(folder, 'dist-types', path), 'utf8');
export const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Constants by name: all values, as they are on the wire. */
export const constants = Object.fromEntries(Object.entries(sdk)
  .filter(([, value]) => Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(it => typeof it === 'string'))
  .map(([name, values]) => [name, Object.values(values)]));

const models = declarations('models/models_0.d.ts');
const errors = declarations('models/errors.d.ts');
const structures = new Map();

/** The structure of a schema, by its name: { name, deprecated, members: { name: { type, required } } }. */
function structure([, , name, , memberNames = [], schemas = [], required = 0]) {
  if (structures.has(name)) return structures.get(name);
  const known = { name, deprecated: isDeprecated(models, `export interface ${name} {`), members: {} };
  structures.set(name, known);
  const declared = models.match(new RegExp(`^export interface ${name} \\{\n(.*?)^\\}`, 'ms'))?.[1];
  if (declared === undefined) throw new Error(`${name} is in the schemas of ${version} and not in its declarations`);
  memberNames.forEach((member, index) => {
    const type = declared.match(new RegExp(`^    ${member}\\??: (.+) \\| undefined;$`, 'm'))?.[1];
    if (type === undefined) throw new Error(`${name}.${member} is in the schemas of ${version} and not in its declarations`);
    const constant = type.match(/\w+/g).find(word => word in constants);
    known.members[member] = { type: typeOf(schemas[index], constant), required: index < required };
  });
  return known;
}

// The numbers are Smithy's: https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/schema/sentinels.ts
function typeOf(schema, constant) {
  if (typeof schema === 'function') return typeOf(schema(), constant);
  if (Array.isArray(schema)) {
    switch (schema[0]) {
      case 1: return { kind: 'list', item: typeOf(schema[4], constant) };
      case 2: return { kind: 'map', key: { kind: 'text', constant }, item: typeOf(schema[5]) };
      case 3: return { kind: 'structure', structure: structure(schema) };
    }
  } else {
    if (schema & 64) return { kind: 'list', item: typeOf(schema & ~64, constant) };
    switch (schema) {
      case 0: return { kind: 'text', constant };
      case 1: return { kind: 'number' };
      case 2: return { kind: 'boolean' };
      case 4: return { kind: 'timestamp' };
    }
  }
  throw new Error(`version ${version} has a schema that is not understood here: ${JSON.stringify(schema)}`);
}

/** Whether the comment just before a declaration deprecates it. */
function isDeprecated(text, declaration) {
  const before = text.slice(0, Math.max(0, text.indexOf(declaration)));
  return before.slice(before.lastIndexOf('/**')).includes('@deprecated');
}

/** An operation: { name, input, output (null without one), errors, deprecated, paginated }. */
export function operation(name) {
  const schema = sdk[`${name}$`];
  if (schema?.[0] !== 9) return undefined;
  const [input, output] = schema.slice(4).map(it => it());
  const declared = declarations(`commands/${name}Command.d.ts`);
  return {
    name,
    input: structure(input),
    output: output === 'unit' ? null : structure(output),
    errors: [...declared.matchAll(/@throws \{@link (\w+)\} \((?:client|server) fault\)/g)].map(([, error]) => error).sort(),
    deprecated: isDeprecated(declared, `export declare class ${name}Command `),
    paginated: `paginate${name}` in sdk,
    command: sdk[`${name}Command`],
  };
}

/** Every error that any operation may declare: { name, deprecated, members }. */
export const exceptions = Object.values(sdk)
  .filter(schema => Array.isArray(schema) && schema[0] === -3 && schema[2] !== 'CodeDeployServiceException')
  .map(([, , name, , members]) => ({ name, members, deprecated: isDeprecated(errors, `export declare class ${name} `) }));
