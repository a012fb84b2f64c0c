// Everything that is wrong with a template, in words.
import { policyProblems } from './policies.js';
import { parameterProblems, referenceProblems } from './references.js';
import { resourceProblems } from './resources.js';
import { read } from './template.js';

export async function problemsOf(text) {
  const { problems, template } = read(text);
  return problems.length ? problems : [...resourceProblems(template), ...referenceProblems(template), ...parameterProblems(template), ...await policyProblems(template)];
}
