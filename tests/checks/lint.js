// Runs every linter over every file of a repository, and says what they find.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ignored } from './ignored.js';
import { actionValidator } from './linters/action-validator.js';
import { actionlint } from './linters/actionlint.js';
import { languageService } from './linters/language-service.js';

const linters = { 'language service': languageService, actionlint, 'action-validator': actionValidator };

export function files(root) {
  const yaml = folder => readdirSync(join(root, folder)).filter(name => name.endsWith('.yml')).map(name => `${folder}/${name}`);
  const verbs = readdirSync(join(root, 'action')).map(verb => `action/${verb}/action.yml`);
  return ['action.yml', ...verbs, ...yaml('.github/workflows'), ...yaml('workflows')];
}

/** Every finding as { path, linter, line, message }, and the entries of the ignore list that hid something. */
export async function lint(root, paths = files(root)) {
  const findings = [];
  const used = new Set();
  for (const path of paths) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const [linter, find] of Object.entries(linters)) {
      for (const { line, message } of await find({ root, path, text })) {
        const known = ignored.find(entry => entry.linter === linter && entry.message.test(message));
        if (known) used.add(known);
        else findings.push({ path, linter, line, message });
      }
    }
  }
  return { findings, used };
}
