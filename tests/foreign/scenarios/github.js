// GitHub's REST API, each route of the simulator through what it grants and what it refuses, against GitHub's own description.
import { readdirSync, readFileSync } from "node:fs";
import { accepts, judge, routes } from "../lib/openapi.js";

const source = new URL("../../../src/MacroPortfolio.Simulator/GitHub/", import.meta.url);

export async function scenarios(run, { job, reader }) {
  const repository = `/repos/${job.GITHUB_REPOSITORY}`;
  const sha = job.GITHUB_SHA;
  const driven = new Map();

  /** The answer to a request; what is wrong with it counts against its route and status. */
  async function ask(method, route, path, { status, body, token = job["INPUT_GITHUB-TOKEN"], headers = {}, what = "" }) {
    const answer = await fetch(`${job.GITHUB_API_URL}${repository}${path}`, {
      method,
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
      headers: { authorization: `Bearer ${token}`, "user-agent": "conformance", accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28", ...headers },
    });
    const text = await answer.text();
    const name = `${method} ${route} ${what}`.trim();
    run.check(`${name} is answered with ${status}`, answer.status === status, `${answer.status}: ${text}`);
    const faults = judge({ method, route, status: answer.status, headers: answer.headers, body: text });
    run.check(`${name} is answered as GitHub describes it`, faults.length === 0, faults.join("\n  "));
    driven.set(`${method} ${route}`, [...(driven.get(`${method} ${route}`) ?? []), answer.status]);
    return { answer, body: text && !headers.accept?.includes("raw") ? JSON.parse(text) : text };
  }

  const R = "/repos/{owner}/{repo}";

  await run.scenario("github: the repository", async () => {
    const { body } = await ask("GET", R, "", { status: 200 });
    run.check("it is the job's", body.full_name === job.GITHUB_REPOSITORY && body.default_branch === "main", body);
    await ask("GET", R, "-that-is-not", { status: 404, what: "of another name" });
    await ask("GET", R, "", { status: 401, token: "nonsense", what: "with a token of nobody" });
    await ask("GET", R, "", { status: 400, headers: { "x-github-api-version": "1999-01-01" }, what: "in a version that is not" });
    const { answer } = await ask("GET", R, "", { status: 200, what: "with its tag" });
    const unchanged = await fetch(`${job.GITHUB_API_URL}${repository}`, { headers: { authorization: `Bearer ${job["INPUT_GITHUB-TOKEN"]}`, "if-none-match": answer.headers.get("etag") } });
    run.check("what is unchanged is 304", unchanged.status === 304 && (await unchanged.text()) === "", unchanged.status);
    for (const name of ["limit", "remaining", "used", "reset", "resource"])
      run.check(`x-ratelimit-${name} is told`, answer.headers.get(`x-ratelimit-${name}`) !== null);
  });

  await run.scenario("github: commits", async () => {
    const { body } = await ask("GET", `${R}/commits/{ref}`, `/commits/${sha}`, { status: 200 });
    run.check("it is the commit", body.sha === sha && body.files.length > 0, body);
    await ask("GET", `${R}/commits/{ref}`, "/commits/main", { status: 200, what: "by its branch" });
    await ask("GET", `${R}/commits/{ref}`, "/commits/nowhere", { status: 422, what: "that is not" });
    await ask("GET", `${R}/git/trees/{tree_sha}`, `/git/trees/${sha}?recursive=1`, { status: 200 });
    await ask("GET", `${R}/git/trees/{tree_sha}`, `/git/trees/${sha}`, { status: 200, what: "one level" });
    await ask("GET", `${R}/git/trees/{tree_sha}`, "/git/trees/nowhere", { status: 404, what: "of a commit that is not" });
    await ask("GET", `${R}/environments/{environment_name}`, "/environments/production", { status: 200, token: reader });
    await ask("GET", `${R}/environments/{environment_name}`, "/environments/nowhere", { status: 404, token: reader, what: "that is not" });
    await ask("GET", `${R}/environments/{environment_name}`, "/environments/production", { status: 403, what: "without the permission" });
    await ask("GET", `${R}/commits/{ref}/check-runs`, `/commits/${sha}/check-runs`, { status: 200 });
    await ask("GET", `${R}/commits/{ref}/check-runs`, `/commits/${sha}/check-runs?filter=all&per_page=1`, { status: 200, what: "in pages" });
    await ask("GET", `${R}/commits/{ref}/check-runs`, "/commits/nowhere/check-runs", { status: 422, what: "of a commit that is not" });
    await ask("GET", `${R}/commits/{ref}/check-runs`, `/commits/${sha}/check-runs`, { status: 403, token: reader, what: "without the permission" });
    const { body: pulls } = await ask("GET", `${R}/commits/{commit_sha}/pulls`, `/commits/${sha}/pulls`, { status: 200 });
    run.check("the commit's pull request is found", pulls.some((pull) => pull.number === 11), pulls);
    await ask("GET", `${R}/commits/{commit_sha}/pulls`, `/commits/${"0".repeat(40)}/pulls`, { status: 422, what: "of a commit that is not" });
    for (const [basehead, status] of [["good...slow", "ahead"], ["slow...good", "behind"], ["good...good", "identical"]]) {
      const { body: compared } = await ask("GET", `${R}/compare/{basehead}`, `/compare/${basehead}`, { status: 200, what: basehead });
      run.check(`${basehead} is ${status}`, compared.status === status, compared.status);
    }
    await ask("GET", `${R}/compare/{basehead}`, "/compare/good...slow?per_page=1&page=2", { status: 200, what: "in pages" });
    await ask("GET", `${R}/compare/{basehead}`, "/compare/good...nowhere", { status: 404, what: "with what is not" });
  });

  await run.scenario("github: contents", async () => {
    const route = `${R}/contents/{path}`;
    const { body: file } = await ask("GET", route, "/contents/appspec.yml", { status: 200, what: "of a file" });
    run.check("the file's bytes are there", Buffer.from(file.content, "base64").toString().startsWith("version: 0.0"), file);
    const { body: folder } = await ask("GET", route, `/contents/hooks?ref=${sha}`, { status: 200, what: "of a folder" });
    run.check("a folder is a list", folder.some((one) => one.path === "hooks/validate.sh" && one.type === "file"), folder);
    await ask("GET", route, "/contents", { status: 200, what: "of the root" });
    await ask("GET", route, "/contents/none.txt", { status: 404, what: "of no file" });
    await ask("GET", route, "/contents/appspec.yml?ref=nowhere", { status: 404, what: "of no commit" });
  });

  await run.scenario("github: deployments", async () => {
    const route = `${R}/deployments`;
    const wanted = { ref: sha, environment: "gray", auto_merge: false, required_contexts: [], payload: { run: 1 }, description: "of the conformance run" };
    const { body: made } = await ask("POST", route, "/deployments", { status: 201, body: wanted });
    run.check("it is as it was asked for", made.sha === sha && made.environment === "gray" && made.payload.run === 1 && made.production_environment === false, made);
    await ask("POST", route, "/deployments", { status: 201, body: { ...wanted, environment: "text", payload: "words" }, what: "with words" });
    await ask("POST", route, "/deployments", { status: 201, body: { ...wanted, environment: "bare", description: null, payload: undefined }, what: "with little" });
    await ask("POST", route, "/deployments", { status: 202, body: { ref: "behind", required_contexts: [] }, what: "of a branch that is behind" });
    await ask("POST", route, "/deployments", { status: 409, body: { ...wanted, required_contexts: ["never"] }, what: "with a check that is missing" });
    await ask("POST", route, "/deployments", { status: 422, body: { ...wanted, ref: "nowhere" }, what: "of no commit" });
    await ask("POST", route, "/deployments", { status: 403, body: wanted, token: reader, what: "without the permission" });
    await ask("POST", route, "/deployments", { status: 400, body: "{", what: "with half an object" });
    const odd = [{}, { ref: 5 }, { ref: "main", task: 5 }, { ref: "main", auto_merge: "yes" }, { ref: "main", required_contexts: "all" }, { ref: "main", required_contexts: [5] }, { ref: "main", payload: 5 },
      { ref: "main", environment: 5 }, { ref: "main", description: 5 }, { ref: "main", transient_environment: "no" }, { ref: "main", production_environment: "no" }];
    for (const body of odd) await invalid("POST", route, "/deployments", body);
    await ask("GET", route, "/deployments?environment=gray&per_page=1", { status: 200 });

    const one = `${route}/{deployment_id}`;
    await ask("GET", one, `/deployments/${made.id}`, { status: 200 });
    await ask("GET", one, "/deployments/1", { status: 404, what: "that is not" });
    const statuses = `${one}/statuses`;
    const at = `/deployments/${made.id}/statuses`;
    let last;
    for (const state of ["queued", "pending", "in_progress", "success"]) {
      last = await ask("POST", statuses, at, { status: 201, body: { state, log_url: "https://github.example/run", environment_url: "https://gray.example", description: "on its way" }, what: state });
    }
    for (const body of [{}, { state: "great" }, { state: 5 }, { state: "success", log_url: 5 }, { state: "success", description: 5 }, { state: "success", auto_inactive: "yes" }, { state: "success", environment_url: 5 }])
      await invalid("POST", statuses, at, body);
    await ask("POST", statuses, at, { status: 422, body: { state: "success", description: "x".repeat(141) }, what: "with 141 characters" });
    await ask("POST", statuses, at, { status: 422, body: { state: "success", log_url: "ftp://files.example" }, what: "with an address that is none" });
    await ask("POST", statuses, "/deployments/1/statuses", { status: 404, body: { state: "success" }, what: "of no deployment" });
    await ask("GET", statuses, at, { status: 200 });
    await ask("GET", statuses, "/deployments/1/statuses", { status: 404, what: "of no deployment" });
    await ask("GET", `${statuses}/{status_id}`, `${at}/${last.body.id}`, { status: 200 });
    await ask("GET", `${statuses}/{status_id}`, `${at}/1`, { status: 404, what: "that is not" });

    await ask("POST", route, "/deployments", { status: 201, body: wanted, what: "again" });
    await ask("DELETE", one, `/deployments/${made.id}`, { status: 422, what: "while active" });
    await ask("POST", statuses, at, { status: 201, body: { state: "inactive" }, what: "inactive" });
    await ask("DELETE", one, `/deployments/${made.id}`, { status: 204 });
    await ask("DELETE", one, `/deployments/${made.id}`, { status: 404, what: "again" });
  });

  await run.scenario("github: pull requests and comments", async () => {
    for (const number of [11, 12]) await ask("GET", `${R}/pulls/{pull_number}`, `/pulls/${number}`, { status: 200, what: number });
    await ask("GET", `${R}/pulls/{pull_number}`, "/pulls/999", { status: 404, what: "that is not" });
    const route = `${R}/issues/{issue_number}/comments`;
    const one = `${R}/issues/comments/{comment_id}`;
    const { body: made } = await ask("POST", route, "/issues/12/comments", { status: 201, body: { body: "in gray" } });
    await ask("POST", route, "/issues/999/comments", { status: 404, body: { body: "lost" }, what: "of no issue" });
    await ask("POST", route, "/issues/12/comments", { status: 403, body: { body: "no" }, token: reader, what: "without the permission" });
    await ask("POST", route, "/issues/12/comments", { status: 422, body: { body: " " }, what: "that says nothing" });
    await ask("POST", route, "/issues/12/comments", { status: 422, body: { body: "x".repeat(65537) }, what: "that says too much" });
    for (const body of [{}, { body: 5 }, { body: null }]) await invalid("POST", route, "/issues/12/comments", body);
    await ask("GET", route, "/issues/12/comments?per_page=100", { status: 200 });
    await ask("GET", route, "/issues/999/comments", { status: 404, what: "of no issue" });
    await ask("GET", one, `/issues/comments/${made.id}`, { status: 200 });
    await ask("GET", one, "/issues/comments/1", { status: 404, what: "that is not" });
    const { body: changed } = await ask("PATCH", one, `/issues/comments/${made.id}`, { status: 200, body: { body: "in production" } });
    run.check("the comment is changed", changed.body === "in production" && changed.id === made.id, changed);
    await invalid("PATCH", one, `/issues/comments/${made.id}`, {});
    await ask("PATCH", one, "/issues/comments/1", { status: 404, body: { body: "lost" }, what: "that is not" });
    await ask("DELETE", one, `/issues/comments/${made.id}`, { status: 204 });
    await ask("DELETE", one, `/issues/comments/${made.id}`, { status: 404, what: "again" });
  });

  await run.scenario("github: nothing is left out", async () => {
    for (const route of routes) {
      const statuses = driven.get(route) ?? [];
      run.check(`${route} was granted and refused`, statuses.some((one) => one < 300) && (statuses.some((one) => one >= 400) || route === `GET ${R}/deployments`), statuses);
    }
    // GET /contents is the same route as GET /contents/{path} to GitHub.
    const own = readdirSync(source).filter((name) => name.endsWith("Routes.cs")).map((name) => readFileSync(new URL(name, source), "utf8"));
    const count = own.flatMap((text) => text.match(/new\("(GET|POST|PUT|PATCH|DELETE)",/g) ?? []).length - 1;
    run.check(`the description has all ${count} routes of the simulator; if not, add them to github/describe.js and run it`, count === routes.length, routes);
  });

  /** A body that GitHub's description does not take, and that must be refused. */
  async function invalid(method, route, path, body) {
    const what = `with ${JSON.stringify(body)}`;
    run.check(`the description does not take ${what}`, !accepts(method, route, body));
    await ask(method, route, path, { status: 422, body, what });
  }
}
