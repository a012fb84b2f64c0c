// Makes description.json anew: of GitHub's OpenAPI description (npm @octokit/openapi, MIT, the source of GitHub's own clients) the routes that the
// simulator has, and of those what can be checked. The package is 700 MB, so it is fetched only for this. With --check nothing is written.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

const version = "23.0.2";
const file = new URL("description.json", import.meta.url);

/** As src/MacroPortfolio.Simulator/GitHub names them, but where GitHub's own name differs. */
const routes = {
  "/repos/{owner}/{repo}": ["get"],
  "/repos/{owner}/{repo}/commits/{ref}": ["get"],
  "/repos/{owner}/{repo}/commits/{ref}/check-runs": ["get"],
  "/repos/{owner}/{repo}/commits/{commit_sha}/pulls": ["get"],
  "/repos/{owner}/{repo}/compare/{basehead}": ["get"],
  "/repos/{owner}/{repo}/contents/{path}": ["get"],
  "/repos/{owner}/{repo}/deployments": ["get", "post"],
  "/repos/{owner}/{repo}/deployments/{deployment_id}": ["get", "delete"],
  "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses": ["get", "post"],
  "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses/{status_id}": ["get"],
  "/repos/{owner}/{repo}/environments/{environment_name}": ["get"],
  "/repos/{owner}/{repo}/git/trees/{tree_sha}": ["get"],
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["get", "patch", "delete"],
  "/repos/{owner}/{repo}/pulls/{pull_number}": ["get"],
};

const words = new Set(["description", "summary", "example", "examples", "x-github", "x-github-breaking-changes", "x-multi-segment", "externalDocs", "title", "deprecated", "tags", "operationId"]);

/** Without what is only said, and noting which schemas it names. */
function strip(node, named, isProperties = false) {
  if (Array.isArray(node)) return node.map((one) => strip(one, named));
  if (typeof node !== "object" || node === null) return node;
  if (node.$ref) named.add(node.$ref.split("/").at(-1));
  return Object.fromEntries(
    Object.entries(node).filter(([key]) => isProperties || !words.has(key)).map(([key, value]) => [key, strip(value, named, key === "properties")]),
  );
}

function extract(whole) {
  const resolve = (node) => (node?.$ref ? node.$ref.split("/").slice(1).reduce((at, key) => at[key], whole) : node);
  const named = new Set();
  const schemaOf = (content) => Object.entries(content ?? {}).find(([type]) => /\bjson$/.test(type))?.[1].schema;
  const paths = {};
  for (const [path, methods] of Object.entries(routes)) {
    paths[path] = {};
    for (const method of methods) {
      const operation = whole.paths[path][method];
      const responses = Object.entries(operation.responses).map(([status, response]) => {
        const all = Object.entries(resolve(response).content ?? {}).map(([type, { schema }]) => [type, strip(schema, named)]);
        return [status, Object.fromEntries(all)];
      });
      paths[path][method] = { body: strip(schemaOf(resolve(operation.requestBody)?.content), named), responses: Object.fromEntries(responses) };
    }
  }

  const schemas = {};
  for (let rest = [...named]; rest.length; rest = [...named].filter((name) => !schemas[name]))
    for (const name of rest) schemas[name] = strip(whole.components.schemas[name], named);
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { source: `npm @octokit/openapi ${version}, api.github.com.json; MIT`, api: whole.info.version, paths, schemas: sorted };
}

const folder = mkdtempSync(join(tmpdir(), "openapi-"));
try {
  const given = process.argv.slice(2).find((word) => !word.startsWith("--"));
  if (!given) execFileSync("npm", ["install", "--no-save", "--prefix", folder, "--ignore-scripts", `@octokit/openapi@${version}`], { stdio: "inherit" });
  const made = extract(JSON.parse(readFileSync(join(given ?? folder, "node_modules/@octokit/openapi/generated/api.github.com.json"), "utf8")));
  if (!process.argv.includes("--check")) {
    writeFileSync(file, `${JSON.stringify(made, null, 1)}\n`);
  } else if (!isDeepStrictEqual(JSON.parse(JSON.stringify(made)), JSON.parse(readFileSync(file, "utf8")))) {
    console.error("description.json is not what the package has: run `npm run describe`.");
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
