// GitHub's REST API as far as a run asks it, with a table for each run: what it knows of commits and pull requests is made from the run's own event.
import http from 'node:http';

/** @returns {Promise<{ url(table): string, close(): void }>} A table has commit(sha) -> numbers, head(number) -> sha, repository, and collects writes and unknown. */
export async function serve() {
  const tables = [];
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const [, index, path] = /^\/(\d+)(\/[^?]*)/.exec(request.url) ?? [];
    const table = tables[index];
    const { status, answer } = table ? reply(table, request.method, path, body) : { status: 404, answer: { message: 'Not Found' } };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  return {
    url: table => `http://127.0.0.1:${server.address().port}/${tables.push(table) - 1}`,
    close: () => server.close(),
  };
}

function reply(table, method, path, body) {
  // What the stages run is of a repository of its own; its titles may be asked for, and are not known.
  if (method === 'GET' && /^\/repos\/acme\/site\/commits\/[0-9a-f]{40}$/.test(path) && table.repository !== 'acme/site') return { status: 404, answer: { message: 'Not Found' } };
  const below = path.startsWith(`/repos/${table.repository}/`) ? path.slice(`/repos/${table.repository}/`.length) : '';
  const [pulls, commit, head, comments] = [/^commits\/([0-9a-f]{40})\/pulls$/, /^commits\/([0-9a-f]{40})$/, /^pulls\/(\d+)$/, /^issues\/(\d+)\/comments$/].map(form => form.exec(below));
  if (method === 'POST' && comments) {
    table.writes.push({ number: Number(comments[1]), body: JSON.parse(body).body });
    return { status: 201, answer: { id: 1, body: '', user: { login: 'github-actions[bot]', type: 'Bot' } } };
  }
  // What became of a deployment is recorded in the environment of its stage.
  if (/^deployments(\/1\/statuses)?$/.test(below.split('?')[0])) return method === 'POST' ? { status: 201, answer: { id: 1, state: 'in_progress' } } : { status: 200, answer: [] };
  if (method !== 'GET') {
    table.unknown.push(`${method} ${path}`);
    return { status: 404, answer: { message: 'Not Found' } };
  }
  if (pulls) {
    // Of a fork, GitHub names pull requests in the repository that it was forked from.
    const foreign = { number: 901, state: 'open', base: { repo: { full_name: 'upstream/hello-world' } } };
    return { status: 200, answer: [foreign, ...table.commit(pulls[1]).map(number => ({ number, state: 'open', base: { repo: { full_name: table.repository } } }))] };
  }
  if (commit) return { status: 200, answer: { sha: commit[1], commit: { message: 'A title ::error::x ##[error]y\n\nand more' } } };
  // Every commit can be deployed, and installs nothing.
  if (/^git\/trees\/[0-9a-f]{40}$/.test(below)) return { status: 200, answer: { sha: below.slice(10), tree: [{ path: 'appspec.yml', mode: '100644', type: 'blob', size: 24 }], truncated: false } };
  if (below === 'contents/appspec.yml') return { status: 200, answer: { encoding: 'base64', content: Buffer.from('version: 0.0\nos: linux\n').toString('base64') } };
  // There are no rules but the usual ones.
  if (below === 'contents/.github/macro-portfolio.yml') return { status: 404, answer: { message: 'Not Found' } };
  if (comments) return { status: 200, answer: [] };
  if (head && table.head(Number(head[1]))) return { status: 200, answer: { number: Number(head[1]), head: { sha: table.head(Number(head[1])) } } };
  table.unknown.push(`${method} ${path}`);
  return { status: 404, answer: { message: 'Not Found' } };
}
