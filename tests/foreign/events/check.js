// Every example of @octokit/webhooks-examples as the event that starts a run, for every verb of the native program: the right commit and the right pull requests,
// or a clear word; never a crash, never another's pull request, and in a dry run nothing written. Needs node, git and what ./build publishes.
// With a word on the command line, only the events whose name has it are tried.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { byCommit, expected, repositoryOf, tip, variables } from './expect.js';
import { serve } from './github.js';

const root = path.resolve(import.meta.dirname, '../../..');
const program = path.join(root, 'artifacts/bin/macro-portfolio');
const simulator = path.join(root, 'artifacts/bin/simulator');
for (const file of [program, simulator]) {
  if (!fs.existsSync(file)) {
    console.error(`There is no ${file}: run ./build first.`);
    process.exit(1);
  }
}

const examples = createRequire(import.meta.url)('@octokit/webhooks-examples');
const [only = ''] = process.argv.slice(2);
const stage = fs.mkdtempSync(path.join(os.tmpdir(), 'macro-portfolio-events.'));
const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const dotnet = { DOTNET_ROOT: process.env.DOTNET_ROOT ?? path.dirname(fs.realpathSync(spawnSync('bash', ['-c', 'command -v dotnet']).stdout.toString().trim() || '/')) };

let passed = 0;
const failures = [];
const check = (what, good, detail) => {
  if (good) passed += 1;
  else failures.push(`FAILED: ${what}\n${detail}`);
};

// ---- the cloud: an application whose stages have a history, and one without instances, whose deployments are over at once

function git(folder, ...words) {
  const env = { PATH: process.env.PATH, HOME: stage, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const run = spawnSync('git', ['-C', folder, '-c', 'user.name=dana', '-c', 'user.email=dana@acme.example', ...words], { env });
  if (run.status !== 0) throw new Error(`git ${words.join(' ')}: ${run.stderr}`);
  return run.stdout.toString().trim();
}

function commit(folder, page) {
  fs.writeFileSync(path.join(folder, 'index.html'), page);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', page);
  return git(folder, 'rev-parse', 'HEAD');
}

const world = `
github:
  repositories:
    - { name: acme/site, git: ./site }
  job: { sha: main }
iam:
  users:
    - name: dana
      access-key-id: ${keys.AWS_ACCESS_KEY_ID}
      secret-access-key: ${keys.AWS_SECRET_ACCESS_KEY}
      policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] }]
instances:
  - { id: i-0000000000009a001, tags: { Release: gray }, event-seconds: 0.01 }
  - { id: i-0000000000009b001, tags: { Release: stable }, event-seconds: 0.01 }
codedeploy:
  applications:
    - name: site
      linked-to-github: true
      deployment-groups:
        - { name: gray, ec2-tag-filters: [{ Key: Release, Value: gray, Type: KEY_AND_VALUE }] }
        - { name: stable, ec2-tag-filters: [{ Key: Release, Value: stable, Type: KEY_AND_VALUE }] }
    - name: nowhere
      linked-to-github: true
      deployment-groups:
${Array.from({ length: 70 }, (_, number) => `        - { name: group-${number}, ec2-tag-filters: [{ Key: Release, Value: nowhere, Type: KEY_AND_VALUE }] }`).join('\n')}
`;

async function raiseCloud() {
  const site = path.join(stage, 'site');
  fs.mkdirSync(site);
  git(site, 'init', '-q', '-b', 'main');
  fs.writeFileSync(path.join(site, 'appspec.yml'), 'version: 0.0\nos: linux\nfiles:\n  - source: /index.html\n    destination: /var/www/html\nfile_exists_behavior: OVERWRITE\n');
  const [one, two] = [commit(site, 'one'), commit(site, 'two')];
  fs.writeFileSync(path.join(stage, 'world.yml'), world);
  const file = path.join(stage, 'job.env');
  const requests = fs.openSync(path.join(stage, 'requests.log'), 'w');
  const cloud = spawn(simulator, ['serve', '--world', path.join(stage, 'world.yml'), '--state', path.join(stage, 'cloud'), '--env-file', file, '--run-scripts'],
    { stdio: ['ignore', requests, fs.openSync(path.join(stage, 'cloud.log'), 'w')], env: { ...process.env, ...dotnet } });
  for (let tries = 0; !fs.existsSync(file); tries += 1) {
    if (tries > 600 || cloud.exitCode !== null) throw new Error(`The simulator did not start: ${fs.readFileSync(path.join(stage, 'cloud.log'))}`);
    await new Promise(later => setTimeout(later, 100));
  }

  // The runner's whole environment, as the simulator's first job has it; without an OIDC token, since these runs are of other repositories.
  const job = Object.fromEntries(fs.readFileSync(file, 'utf8').trimEnd().split('\n').map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  delete job.ACTIONS_ID_TOKEN_REQUEST_URL;
  delete job.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  return { cloud, one, two, job: { ...job, ...keys } };
}

const writes = () => fs.readFileSync(path.join(stage, 'requests.log'), 'utf8').split('\n').filter(line => /"operation":"(CreateDeployment|StopDeployment|RegisterApplicationRevision)"/.test(line)).length;

// ---- a run

let runs = 0;

/** Runs the program and returns what it left behind. */
function run(environment, words) {
  const number = runs += 1;
  const files = { GITHUB_OUTPUT: path.join(stage, `output-${number}`), GITHUB_STEP_SUMMARY: path.join(stage, `summary-${number}`), GITHUB_WORKSPACE: stage };
  const child = spawn(program, words, { env: { ...environment, ...files, GITHUB_RUN_ID: String(1000 + number) }, cwd: stage, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stdout.on('data', part => { output += part; });
  child.stderr.on('data', part => { errors += part; });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const text = fs.existsSync(files.GITHUB_OUTPUT) ? fs.readFileSync(files.GITHUB_OUTPUT, 'utf8') : '';
      const outputs = Object.fromEntries([...text.matchAll(/^([a-z-]+)<<(ghadelimiter_\S+)\n([^]*?)\n\2$/gm)].map(match => [match[1], match[3]]));
      for (const file of [files.GITHUB_OUTPUT, files.GITHUB_STEP_SUMMARY]) fs.rmSync(file, { force: true });
      resolve({ code, signal, output, errors, outputs, record: outputs.result ? JSON.parse(outputs.result) : null });
    });
  });
}

const verbs = [
  { words: ['deploy', '--deployment-group', 'gray'], ends: 0, outcome: 'planned' },
  { words: ['gray'], ends: 0, outcome: 'planned' },
  { words: ['promote', '--revision', 'github'], ends: 5, outcome: 'held' },
  { words: ['rollback', '--to', 'github', '--stage', 'gray'], ends: 0, outcome: 'planned' },
  { words: ['status'], ends: 0, outcome: 'succeeded' },
];

/** No crash, whatever the event: the runner's commands are ours, nothing stands on the error stream, and no stack is shown. */
function sane(ended) {
  // What stands between a stop and its token is not obeyed.
  const obeyed = ended.output.replace(/^::stop-commands::([0-9a-f]{32})\n[^]*?^::\1::$/gm, '');
  const strange = obeyed.split('\n').filter(line => /^\s*::/.test(line) && !/^::(group|endgroup|error|warning|add-mask)( title=[^:]*)?::/.test(line) || line.includes('##['));
  return ended.signal === null && ended.errors === '' && strange.length === 0 && !/unhandled|exception|^ +at [A-Z]\w+\./im.test(ended.output) && ended.outputs.outcome !== undefined;
}

const detail = (ended, more = '') => `${more}\nexit ${ended.code} ${ended.signal ?? ''}\n${ended.output}${ended.errors}\n${JSON.stringify(ended.outputs)}`;

// ---- what is tried

const clone = value => structuredClone(value);

/** The examples, and what can be made of them that GitHub sends too but shows no example of: of those one verb is enough. */
function* cases() {
  for (const { name, examples: payloads } of examples) {
    for (const [at, payload] of payloads.entries()) {
      const what = `${name} ${payload.action ?? ''} (${at})`;
      yield { what, name, payload };
      if (!payload.pull_request) continue;
      if (name === 'pull_request') yield { what: `${what} as pull_request_target`, name: 'pull_request_target', payload, made: true };
      const fork = clone(payload);
      fork.pull_request.head.repo = at % 2 ? null : { ...fork.pull_request.head.repo, full_name: 'mallory/hello-world' };
      yield { what: `${what} from a fork`, name, payload: fork, forks: true, made: true };
      if (name === 'pull_request') yield { what: `${what} from a fork as pull_request_target`, name: 'pull_request_target', payload: fork, forks: true, made: true };
      const merged = clone(payload);
      Object.assign(merged.pull_request, { merged: true, merged_at: '2026-10-01T00:00:00Z', merge_commit_sha: '6'.repeat(40), state: 'closed' });
      yield { what: `${what} merged`, name, payload: merged, made: true };
    }
  }
}

let events = 0;

/** The environment of a run that an event started, and what GitHub knows then. */
function stageOf(job, github, { name, payload, forks = false, text }) {
  const { sha, ref } = variables(name, payload);
  const file = path.join(stage, `event-${events += 1}.json`);
  fs.writeFileSync(file, text ?? JSON.stringify(payload));
  const repository = repositoryOf(payload);
  const heads = new Map(payload.pull_request ? [[payload.pull_request.number, payload.pull_request.head.sha]] : []);
  const table = { repository, commit: asked => byCommit(asked, payload, forks), head: number => heads.get(number), writes: [], unknown: [] };
  return {
    table,
    heads,
    environment: {
      ...job,
      GITHUB_API_URL: github.url(table),
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: file,
      GITHUB_SHA: sha,
      GITHUB_REF: ref,
      GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
      GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
      GITHUB_HEAD_REF: payload.pull_request?.head.ref ?? '',
      GITHUB_BASE_REF: payload.pull_request?.base.ref ?? '',
      GITHUB_REPOSITORY: repository,
      GITHUB_REPOSITORY_OWNER: repository.split('/')[0],
      GITHUB_REPOSITORY_ID: String(payload.repository?.id ?? 1),
    },
    wanted: expected(name, payload, { sha, ref }, forks),
  };
}

async function everyVerb(job, github, one) {
  const { table, environment, wanted } = stageOf(job, github, one);
  for (const { words, ends, outcome } of one.made ? verbs.filter(verb => verb.words[0] === 'gray') : verbs) {
    const ended = await run({ ...environment, INPUT_APPLICATION: 'site' }, [...words, '--dry-run']);
    const what = `${words[0]} on ${one.what}`;
    const said = detail(ended, JSON.stringify(wanted));
    if (words[0] === 'status') {
      check(what, sane(ended) && ended.code === 0, said);
    } else if (wanted.commit === null) {
      check(`${what}: says that it is not certain`, sane(ended) && ended.code === 2 && ended.outputs.outcome === 'bad-input'
        && /::error title=[a-z]+%3A bad input::Input '(revision|to)' is 'github', the commit of this run, but \S/.test(ended.output), said);
    } else {
      const revision = `github:${wanted.commit}`;
      const told = [...(ended.record?.pullRequests ?? ['none was looked for'])].sort();
      check(`${what}: the right commit and pull requests`, sane(ended) && ended.code === ends && ended.outputs.outcome === outcome
        && (outcome === 'held' || ended.record.deployments[0].revision === revision) && JSON.stringify(told) === JSON.stringify([...wanted.pulls].sort()), said);
    }
  }
  if (wanted.explicit) {
    const ended = await run({ ...environment, INPUT_APPLICATION: 'site' }, ['gray', '--revision', `github:${wanted.explicit.commit}`, '--dry-run']);
    check(`gray of a named commit on ${one.what}: the right pull requests`, sane(ended) && ended.code === 0
      && JSON.stringify([...ended.record.pullRequests].sort()) === JSON.stringify([...wanted.explicit.pulls].sort()), detail(ended, JSON.stringify(wanted)));
  }
  check(`${one.what}: nothing is written to GitHub and nothing else asked`, table.writes.length === 0 && table.unknown.length === 0, JSON.stringify(table));
}

/** For real, one of each kind of event: the comments go where they belong. */
async function comments(job, github, one, number) {
  const { table, environment, wanted } = stageOf(job, github, one);
  const ended = await run({ ...environment, INPUT_APPLICATION: 'nowhere' }, ['deploy', '--deployment-group', `group-${number}`, '--wait', 'false']);
  const told = table.writes.map(write => write.number).sort();
  check(`${one.what}: the comments of a run for real`, sane(ended) && ended.code === (wanted.commit ? 0 : 2) && table.unknown.length === 0
    && JSON.stringify(told) === JSON.stringify(wanted.commit ? [...wanted.pulls].sort() : []), detail(ended, JSON.stringify([wanted, table])));
}

/** A comment on a pull request, and a commit by its name: the pull request is told if it is its head, though GitHub names none of a fork's commit. */
async function talk(job, github) {
  const payload = clone(examples.find(event => event.name === 'issue_comment').examples[0]);
  payload.issue.pull_request = { url: 'x' };
  const head = '9'.repeat(40);
  for (const [known, told] of [[head, [payload.issue.number]], ['4'.repeat(40), []]]) {
    const { environment, heads } = stageOf(job, github, { name: 'issue_comment', payload, forks: true });
    heads.set(payload.issue.number, known);
    const ended = await run({ ...environment, INPUT_APPLICATION: 'site' }, ['gray', '--revision', `github:${head}`, '--dry-run']);
    check(`a comment on a fork's pull request, whose head is ${known === head ? 'deployed' : 'another by now'}`,
      sane(ended) && ended.code === 0 && JSON.stringify(ended.record.pullRequests) === JSON.stringify(told), detail(ended));
  }
}

const hostile = value => typeof value === 'string' ? `::error::x\n##[command]y \u202e\u0000 ${value}`
  : Array.isArray(value) ? value.map(hostile)
  : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hostile(inner)])) : value;

const crushed = value => value !== null && typeof value === 'object' && !Array.isArray(value)
  ? Object.fromEntries(Object.entries(value).map(([key, inner], at) => [key, at % 3 === 0 ? [inner] : at % 3 === 1 ? crushed(inner) : 5])) : null;

/** Payloads that GitHub would not send: a word where the event tells what is meant, and no difference where it does not. */
async function broken(job, github) {
  const first = examples.filter(({ name }) => name.includes(only)).map(({ name, examples: [payload] }) => ({ name, payload }));
  const needs = name => /^(pull_request|workflow_run|check_run|check_suite|status|issue_comment|issues)/.test(name);
  const attempt = async (what, { name, payload }, text, change = {}) => {
    const { environment, table } = stageOf(job, github, { name, payload, text });
    const ended = await run({ ...environment, INPUT_APPLICATION: 'site', ...change }, ['gray', '--dry-run']);
    check(`${name} ${what}`, sane(ended) && ended.code === (needs(name) ? 2 : 0) && table.writes.length === 0, detail(ended));
  };
  for (const one of first) {
    const whole = JSON.stringify(one.payload);
    await attempt('that ends in the middle', one, whole.slice(0, whole.length / 2));
    const { environment } = stageOf(job, github, { ...one, text: JSON.stringify(hostile(one.payload)) });
    const odd = await run({ ...environment, INPUT_APPLICATION: 'site' }, ['gray', '--dry-run']);
    check(`${one.name} with hostile words`, sane(odd) && [0, 2].includes(odd.code), detail(odd));
    const { environment: other } = stageOf(job, github, { ...one, text: JSON.stringify(crushed(one.payload)) });
    const bent = await run({ ...other, INPUT_APPLICATION: 'site' }, ['gray', '--dry-run']);
    check(`${one.name} of other kinds of values`, sane(bent) && [0, 2].includes(bent.code), detail(bent));
  }
  const some = first.filter(one => ['push', 'pull_request', 'workflow_run'].includes(one.name));
  for (const one of some) {
    for (const [what, text] of [['empty', ''], ['null', 'null'], ['a list', '[]'], ['bare', '{}'], ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
      ['deep', '{"a":'.repeat(10_000)], ['huge', `{"a":"${'x'.repeat(30 << 20)}"}`], ['with a byte order mark', `\ufeff${'{'}`]]) {
      await attempt(`with an event file that is ${what}`, one, text);
    }
    await attempt('without an event file', one, '', { GITHUB_EVENT_PATH: path.join(stage, 'none.json') });
    await attempt('with a folder for an event file', one, '', { GITHUB_EVENT_PATH: stage });
    await attempt('with an empty variable', one, '', { GITHUB_EVENT_PATH: '' });
  }
  const pull = examples.find(one => one.name === 'pull_request').examples[0];
  for (const name of ['an_event_of_next_year', '', '::error::x']) {
    const { environment } = stageOf(job, github, { name: 'push', payload: { ...pull, after: tip, ref: 'refs/heads/main' } });
    const ended = await run({ ...environment, GITHUB_EVENT_NAME: name, INPUT_APPLICATION: 'site' }, ['gray', '--dry-run']);
    check(`an event called '${name}' means GITHUB_SHA`, sane(ended) && ended.code === 0 && ended.record.deployments[0].revision === `github:${tip}`, detail(ended));
  }
}

async function main() {
  const { cloud, one, two, job } = await raiseCloud();
  const github = await serve();
  try {
    for (const revision of [one, two]) {
      const first = await run({ ...job, INPUT_APPLICATION: 'site', GITHUB_REPOSITORY: 'acme/site' },
        ['deploy', '--deployment-group', 'gray', '--deployment-group', 'stable', '--revision', `github:${revision}`, '--comment', 'false']);
      if (first.code !== 0) throw new Error(`The stages could not be made: ${detail(first)}`);
    }

    const before = writes();
    const all = [...cases()].filter(event => event.name.includes(only));
    const queue = [...all];
    await Promise.all(Array.from({ length: 2 * os.availableParallelism() }, async () => {
      while (queue.length > 0) await everyVerb(job, github, queue.shift());
    }));
    await talk(job, github);
    await broken(job, github);
    check('no dry run has written anything to CodeDeploy', writes() === before, `${writes() - before} writes`);
    check('there were examples', all.length > (only ? 0 : 300), `${all.length}`);

    for (const [number, name] of [...new Set(all.map(event => event.name))].entries()) await comments(job, github, all.find(event => event.name === name), number);
  } finally {
    github.close();
    cloud.kill('SIGTERM');
    await new Promise(gone => { cloud.exitCode === null ? cloud.on('exit', gone) : gone(); });
    fs.rmSync(stage, { recursive: true, force: true });
  }
}

const began = Date.now();
await main();
for (const failure of failures.slice(0, 20)) console.error(failure);
if (failures.length > 20) console.error(`... and ${failures.length - 20} more failures`);
console.log(`${runs} runs in ${Math.round((Date.now() - began) / 1000)} s`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
