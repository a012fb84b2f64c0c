// Plants mistakes in a copy of this repository's files, one at a time, and sees each of them found: so the check can fail.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lint } from './lint.js';

const mistakes = [
  { in: 'action.yml', put: '  image: Dockerfile', for: '  image: Dockerfile\n  shell: bash', found: 'action-validator' },
  { in: 'action.yml', put: '  deployment-ids:\n', for: '  deployment-ids:\n    value: ${{ steps.x.outputs.y }}\n', found: 'action-validator' },
  { in: 'action/gray/action.yml', put: '  stage:\n', for: '  revision:\n', found: 'language service', says: /'revision' is already defined/ },
  { in: 'action/status/action.yml', put: 'default: ${{ github.token }}', for: 'default: ${{ secrets.GITHUB_TOKEN }}', found: 'language service', says: /secrets/ },
  { in: '.github/workflows/deploy.yml', put: '    runs-on: ${{ inputs.runs-on }}\n', for: '', found: 'language service', says: /runs-on/ },
  { in: '.github/workflows/deploy.yml', put: 'queue: max', for: 'queue: maximum', found: 'language service' },
  { in: '.github/workflows/deploy.yml', put: 'id-token: write', for: 'id-tokens: write', found: 'actionlint', says: /id-tokens/ },
  { in: '.github/workflows/deploy.yml', put: '${{ inputs.timeout }}', for: '${{ inputs.time-out }}', found: 'actionlint', says: /time-out/ },
  { in: '.github/workflows/deploy.yml', put: '          timeout:', for: '          time-out:', found: 'language service', says: /'time-out'/ },
  { in: '.github/workflows/deploy.yml', put: '          application: ${{ inputs.application }}\n', for: '', found: 'language service', says: /application/ },
  { in: '.github/workflows/deploy.yml', put: 'persist-credentials', for: 'persist-credential', found: 'language service', says: /persist-credential/ },
  { in: '.github/workflows/gray-release.yml', put: 'steps.gray.outputs.outcome', for: 'steps.grey.outputs.outcome', found: 'actionlint', says: /grey/ },
  { in: '.github/workflows/gray-release.yml', put: './.macro-portfolio/action/gray', for: './.macro-portfolio/action/grey', found: 'language service', says: /Unable to resolve/ },
  { in: '.github/workflows/gray-release.yml', put: "${COMMAND//[^a-zA-Z-]/?}", for: '${{ github.head_ref }}', found: 'actionlint', says: /untrusted/ },
  { in: '.github/workflows/gray-release.yml', put: 'job.workflow_sha }}', for: 'job.workflow_sah }}', found: 'actionlint', says: /workflow_sah/ },
  { in: 'workflows/smallest.yml', put: 'deployment-group:', for: 'deploymentgroup:', found: 'language service', says: /'deploymentgroup'/ },
  { in: 'workflows/smallest.yml', put: 'ubuntu-latest', for: 'ubuntu-lattest', found: 'actionlint', says: /ubuntu-lattest/ },
  { in: 'workflows/promote.yml', put: '      command: promote\n', for: '', found: 'language service', says: /command/ },
  { in: 'workflows/promote.yml', put: 'environment-url:', for: 'environment-uri:', found: 'language service', says: /environment-uri/ },
  { in: 'workflows/promote.yml', put: '      IAMROLE_GITHUB_ARN:', for: '      IAMROLE_ARN:', found: 'language service', says: /IAMROLE_ARN/ },
  { in: 'workflows/promote.yml', put: 'workflow_dispatch:', for: 'workflow_dispach:', found: 'language service', says: /workflow_dispach/ },
];

const root = fileURLToPath(new URL('../..', import.meta.url));
let passed = 0;
let failed = 0;
for (const mistake of mistakes) {
  const copy = mkdtempSync(join(tmpdir(), 'macro-portfolio-checks-'));
  for (const part of ['action.yml', 'action', 'workflows', '.github']) cpSync(join(root, part), join(copy, part), { recursive: true });
  const sound = readFileSync(join(copy, mistake.in), 'utf8');
  const planted = sound.replace(mistake.put, () => mistake.for);
  writeFileSync(join(copy, mistake.in), planted);

  const { findings } = await lint(copy, [mistake.in]);

  const seen = planted !== sound && findings.some(({ linter, message }) => linter === mistake.found && (mistake.says ?? /./).test(message));
  if (seen) passed++;
  else {
    failed++;
    console.log(`${mistake.in}: '${mistake.for.trim()}' for '${mistake.put.trim()}' was not found by ${mistake.found}. Found: ${JSON.stringify(findings)}`);
  }
  rmSync(copy, { recursive: true });
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
