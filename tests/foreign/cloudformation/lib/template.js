// Reads a template: short forms become the long ones, so that whoever looks at it meets one form of each.
import { isCollection, isMap, parseDocument, visit } from 'yaml';

const functions = ['Ref', 'Condition', 'Base64', 'FindInMap', 'GetAtt', 'If', 'ImportValue', 'Join', 'Not', 'And', 'Or', 'Equals', 'Select', 'Split', 'Sub'];

export function read(text) {
  // The parser warns of each tag that it does not know; which of them are functions is for this file to say.
  const document = parseDocument(text, { logLevel: 'silent' });
  const problems = document.errors.map(({ message }) => message);
  visit(document, { Node: (_, { tag }) => { if (/^!\w/.test(tag) && !functions.includes(tag.slice(1))) problems.push(`${tag} is no function.`); } });
  return { problems, template: problems.length ? {} : plain(document.contents) };
}

/** Every node below as { path, key, value }, functions included. */
export function* walk(node, path = '') {
  if (node === null || typeof node !== 'object') return;
  for (const [key, value] of Object.entries(node)) {
    const at = Array.isArray(node) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    yield { path: at, key, value, parent: node };
    yield* walk(value, at);
  }
}

/** The function that stands where a value could, or null. */
export function functionOf(node) {
  const keys = node && typeof node === 'object' && !Array.isArray(node) ? Object.keys(node) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::')) ? keys[0] : null;
}

/** Both ends of each Fn::If, and nothing where one is AWS::NoValue. */
export function alternatives(node) {
  if (functionOf(node) === 'Fn::If') return node['Fn::If'].slice(1).flatMap(alternatives);
  return node?.Ref === 'AWS::NoValue' ? [] : [node];
}

/** The names that a Fn::Sub takes from outside. */
export function namesIn(sub) {
  const [text, own] = Array.isArray(sub) ? sub : [sub, {}];
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => name).filter(name => !(name in own));
}

function plain(node) {
  const value = !isCollection(node) ? node?.value ?? null
    : isMap(node) ? Object.fromEntries(node.items.map(({ key, value }) => [key.value, plain(value)]))
    : node.items.map(plain);
  const name = node?.tag?.match(/^!(\w+)$/)?.[1];
  if (!name) return value;
  return { [name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`]: name === 'GetAtt' && typeof value === 'string' ? split(value) : value };
}

function split(text) {
  const at = text.indexOf('.');
  return [text.slice(0, at), text.slice(at + 1)];
}
