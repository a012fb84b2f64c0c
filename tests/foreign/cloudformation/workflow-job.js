// Prints the one script of a workflow's job, with the workflow's own variables before it: node workflow-job.js FILE JOB
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const [file, name] = process.argv.slice(2);
const { env, jobs } = parse(readFileSync(file, 'utf8'));
const [{ run }] = jobs[name].steps.filter(step => step.run);
// The region is the simulated one's.
for (const [variable, value] of Object.entries(env)) if (variable !== 'AWS_REGION') console.log(`export ${variable}='${value}'`);
console.log(run);
