// Checks the templates that people copy.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { problemsOf } from './lib/check.js';

const folder = fileURLToPath(new URL('../../../workflows/cloudformation/', import.meta.url));
let passed = 0;
let failed = 0;
for (const name of readdirSync(folder)) {
  const problems = await problemsOf(readFileSync(folder + name, 'utf8'));
  for (const problem of problems) console.log(`workflows/cloudformation/${name}: ${problem}`);
  if (problems.length === 0) passed++;
  else failed++;
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
