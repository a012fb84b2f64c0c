// GitHub's own language service: schema, expressions, inputs and secrets of actions and of reusable workflows.
import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { thirdParty } from './third-party.js';

register('./json-modules.js', import.meta.url);
const { validate } = await import('@actions/languageservice');
const { TextDocument } = await import('vscode-languageserver-textdocument');

// What the callers in workflows/ call us, and what stands for the action that a reusable workflow has checked out into a folder.
const ours = { owner: 'OWNER', name: 'REPO' };
const checkedOut = /uses: \.\/\.macro-portfolio(\/\S+)?$/gm;

export async function languageService({ root, path, text }) {
  const document = TextDocument.create(pathToFileURL(join(root, path)).href, 'yaml', 1, text.replace(checkedOut, (_, folder = '') => `uses: ${ours.owner}/${ours.name}${folder}@own`));
  const findings = await validate(document, {
    fileProvider: { getFileContent: async reference => workflow(root, reference) },
    actionsMetadataProvider: { fetchActionMetadata: async reference => action(root, reference) },
  });
  return findings.map(({ message, range }) => ({ line: range.start.line + 1, message }));
}

const isOurs = ({ owner, name, repository }) => owner === ours.owner && (name ?? repository) === ours.name;

function workflow(root, reference) {
  if (reference.owner && !isOurs(reference)) throw new Error(`${reference.owner}/${reference.repository} is not one of our workflows`);
  return { name: reference.path, content: readFileSync(join(root, reference.path), 'utf8') };
}

function action(root, reference) {
  if (isOurs(reference)) {
    const file = join(root, reference.path ?? '', 'action.yml');
    return existsSync(file) ? parse(readFileSync(file, 'utf8')) : undefined;
  }
  const inputs = thirdParty[`${reference.owner}/${reference.name}`];
  return inputs && { name: reference.name, description: '', inputs: Object.fromEntries(inputs.map(input => [input, {}])) };
}
