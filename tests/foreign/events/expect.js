// What a run must make of an event: its variables as GitHub documents them, the commit that is meant, and the pull requests that are told.
// Written after GitHub's documentation and the payloads alone: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows

export const tip = '7'.repeat(40);
export const synthetic = '5'.repeat(40);
export const tagged = '8'.repeat(40);
export const stacked = 888;

const isCommit = text => /^[0-9a-f]{40}$/.test(text ?? '') && !/^0+$/.test(text);
const ofPull = name => name.startsWith('pull_request');

export const repositoryOf = payload => payload.repository?.full_name ?? 'acme/hello-world';
const branchOf = payload => payload.repository?.default_branch ?? 'main';
const mergedOf = pull => Boolean(pull.merged_at) || pull.merged === true;

/** GITHUB_SHA and GITHUB_REF. */
export function variables(name, payload) {
  const usual = { sha: tip, ref: `refs/heads/${branchOf(payload)}` };
  if (ofPull(name)) {
    const pull = payload.pull_request;
    if (name === 'pull_request_target') return { sha: pull.base.sha, ref: `refs/heads/${pull.base.ref}` };
    return mergedOf(pull) ? { sha: pull.merge_commit_sha, ref: `refs/heads/${pull.base.ref}` } : { sha: synthetic, ref: `refs/pull/${pull.number}/merge` };
  }
  switch (name) {
    case 'push': return payload.deleted ? usual : { sha: payload.after, ref: payload.ref };
    case 'create': return { sha: tagged, ref: `refs/${payload.ref_type === 'tag' ? 'tags' : 'heads'}/${payload.ref}` };
    case 'release': return { sha: tagged, ref: `refs/tags/${payload.release.tag_name}` };
    case 'deployment': case 'deployment_status': return { sha: payload.deployment.sha, ref: `refs/heads/${payload.deployment.ref}` };
    case 'merge_group': return { sha: payload.merge_group.head_sha, ref: payload.merge_group.head_ref };
    case 'workflow_dispatch': return { sha: tip, ref: payload.ref };
    default: return usual;
  }
}

/** Every pull request that the payload speaks of, wherever it stands in it. */
export function pullsIn(payload) {
  const found = [];
  const look = node => {
    if (node === null || typeof node !== 'object') return;
    if (Number.isInteger(node.number) && isCommit(node.head?.sha)) {
      const base = node.base?.repo?.full_name ?? node.base?.repo?.url?.split('/repos/')[1];
      found.push({ number: node.number, head: node.head.sha, base });
    }
    Object.values(node).forEach(look);
  };
  look(payload);
  return found;
}

/** What GitHub answers of a commit that no payload explains: the one pull request that brought it. */
export const broughtBy = sha => 1000 + (parseInt(sha.slice(0, 5), 16) % 1000);

/** GitHub's pull requests of a commit. Of a fork's commits it knows none; of a head that others are stacked upon it names those too. */
export function byCommit(sha, payload, forks = false) {
  const heads = pullsIn(payload).filter(pull => pull.head === sha && pull.base === repositoryOf(payload)).map(pull => pull.number);
  if (forks) return [];
  return heads.length > 0 ? [...new Set([stacked, ...heads])] : [broughtBy(sha)];
}

const found = (commit, payload, forks) => ({ commit, pulls: byCommit(commit, payload, forks) });
const unsure = explicit => ({ commit: null, pulls: [], explicit });

/** The commit (null: the run must say that it is not certain) and the pull requests; explicit: what it is where the commit is named by hand. */
export function expected(name, payload, { sha, ref }, forks = false) {
  const repository = repositoryOf(payload);
  if (ofPull(name)) {
    const pull = payload.pull_request;
    if (mergedOf(pull)) return { commit: pull.merge_commit_sha, pulls: [pull.number] };
    if (name === 'pull_request_target' && pull.head.repo?.full_name !== repository) return unsure({ commit: pull.head.sha, pulls: [pull.number] });
    return { commit: pull.head.sha, pulls: [pull.number] };
  }
  if (name === 'workflow_run' || name === 'check_suite' || name === 'check_run') {
    const subject = payload[name];
    const branch = name === 'check_run' ? subject.check_suite.head_branch : subject.head_branch;
    const own = name !== 'workflow_run' || subject.head_repository?.full_name === repository;
    const named = subject.pull_requests.filter(pull => pull.base.repo.url.endsWith(`/repos/${repository}`) && pull.head.sha === subject.head_sha).map(pull => pull.number);
    const told = named.length > 0 ? { commit: subject.head_sha, pulls: named } : found(subject.head_sha, payload, forks);
    return subject.head_sha === sha || (own && ref === `refs/heads/${branch}`) ? told : unsure(told);
  }
  if (name === 'status') return payload.branches.some(branch => ref === `refs/heads/${branch.name}`) ? found(payload.sha, payload, forks) : unsure(found(payload.sha, payload, forks));
  if ((name === 'issue_comment' || name === 'issues') && payload.issue.pull_request) return unsure();
  if (name === 'merge_group') return { commit: sha, pulls: [Number(/\/pr-(\d+)-/.exec(payload.merge_group.head_ref)[1])] };
  return isCommit(sha) ? found(sha, payload, forks) : unsure();
}
