// Each role of the stack with one permission less: what needed it must fail or say so, and name it. What needs none of a permission has one too many.
// removal.js STAGE BIN: STAGE has roles/ (what `aws iam` told of each), site/ (a repository), large/ (a bundle in parts), one.zip and two.zip.
import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { grade, misfits, superfluous } from "./need.js";
import { page } from "./matrix.js";
import { permissionsOf, readmeRole, renamed, rolesOf, without } from "./roles.js";
import { caller } from "./sign.js";
import { faults } from "./tables.js";
import { jobs, scenes } from "./verbs.js";

const { values, positionals: [stage, bin] } = parseArgs({ options: { application: { type: "string" }, page: { type: "string" }, readme: { type: "string" }, write: { type: "boolean" }, "at-once": { type: "string", default: "3" } }, allowPositionals: true });
const region = "ap-east-1";
const account = "123456789012";
const repository = "acme/macro-portfolio";
const person = { id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
const workflow = ".github/workflows/gray-release.yml";
const patience = 90_000;

const bucketOf = (application) => `${application}-bundles-${account}-${region}`;
const roles = { ...rolesOf(join(stage, "roles")), readme: readmeRole(readFileSync(values.readme, "utf8"), { region, account, application: values.application, bucket: bucketOf(values.application) }) };
const commits = Object.fromEntries(["one", "two"].map((tag) => [tag, readFileSync(join(stage, `${tag}.commit`), "utf8").trim()]));
const grouped = (all, keyOf) => {
  const groups = {};
  for (const one of all) (groups[keyOf(one)] ??= []).push(one);
  return groups;
};
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let [passed, failed] = [0, 0];
const holds = (what, problems) => {
  problems.length === 0 ? passed++ : failed++;
  for (const problem of problems) console.error(`FAILED: ${what}: ${problem}`);
};

/** A run to be made: a scene by a role, whole or without one permission, in an application of its own. */
const casesOf = (runs) => runs.map((run, at) => ({ ...run, application: `app-${String(at + 1).padStart(3, "0")}` }));

async function worldOf(cases) {
  const groups = (application) => [["gray", { "deployment-config": "CodeDeployDefault.AllAtOnce" }], ["stable", { alarms: ["slow"] }]].map(([name, more]) => ({
    name, "ec2-tag-filters": [{ Key: "Release", Value: `${application}-${name}`, Type: "KEY_AND_VALUE" }], "auto-rollback": ["DEPLOYMENT_FAILURE"], ...more,
  }));
  return {
    region, account,
    github: { repositories: [{ name: repository, git: "../site" }], job: { environment: "gray", workflow } },
    iam: {
      users: [{ name: "dana", "access-key-id": person.id, "secret-access-key": person.secret, policies: [{ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }] }],
      roles: await Promise.all(cases.map(async ({ application, role, lacks }) => ({
        arn: `arn:aws:iam::${account}:role/${application}-${role}`,
        trust: roles[role].trust,
        policies: renamed(lacks ? await without(roles[role], lacks) : roles[role].policies.map((policy) => policy.document), values.application, application),
      }))),
    },
    codedeploy: { applications: cases.map(({ application }) => ({ name: application, "linked-to-github": true, "deployment-groups": groups(application) })) },
    s3: { buckets: cases.map(({ application }) => ({ name: bucketOf(application), versioned: true })) },
    instances: cases.flatMap(({ application }) => ["gray", "stable"].map((group) => ({ id: `i-${application}-${group}`, tags: { Name: `${application}-${group}`, Release: `${application}-${group}` }, "event-seconds": 0.01 }))),
    faults: [
      { service: "s3", operation: "UploadPart", kind: "error", error: "EntityTooSmall", status: 400, message: "Your proposed upload is smaller than the minimum allowed size." },
      ...cases.filter(({ scene }) => scene.breaks || scene.lasts).flatMap(({ application, role, scene }) => jobs[role].groups.map((group) => ({
        tag: `Release=${application}-${group}`, after: scene.before(role).filter(([name]) => name === group).length, times: 1,
        ...(scene.breaks ? { event: "Install", kind: "disk-full" } : { event: "BeforeInstall", kind: "slow", factor: 1000 }),
      }))),
    ],
  };
}

/** A simulator with a world for these cases, and a job for each role. */
async function raise(name, cases) {
  const folder = join(stage, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "world.yml"), JSON.stringify(await worldOf(cases)));
  const first = join(folder, "first.env");
  const state = join(folder, "cloud");
  const iamLog = join(folder, "iam.log");
  const cloud = spawn(join(bin, "simulator"), ["serve", "--world", join(folder, "world.yml"), "--state", state, "--env-file", first, "--folders", "--iam-log", iamLog], { stdio: ["ignore", "pipe", "pipe"] });
  const notes = [];
  cloud.stderr.on("data", (data) => notes.push(data));
  cloud.stdout.pipe(createWriteStream(join(folder, "requests.log")));
  const ended = new Promise((resolve) => cloud.on("close", resolve));
  const end = async () => {
    cloud.kill("SIGTERM");
    await ended;
  };
  process.on("exit", () => cloud.kill("SIGTERM"));
  while (!existsSync(first)) {
    if (cloud.exitCode !== null) throw new Error(`The simulator did not start: ${Buffer.concat(notes)}`);
    await sleep(50);
  }
  const read = (file) => Object.fromEntries(readFileSync(file, "utf8").trimEnd().split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  const environments = {};
  for (const [role, { environment }] of Object.entries(jobs)) {
    const file = join(folder, `${role}.env`);
    const { code, text } = await program(join(bin, "simulator"), ["job", "--state", state, "--env-file", file, "--environment", environment, "--workflow", workflow], { env: process.env });
    if (code !== 0) throw new Error(`There is no job: ${text}`);
    environments[role] = read(file);
  }
  const url = read(first).AWS_ENDPOINT_URL;
  return { folder, environments, dana: caller(url, region, person), decisions: () => readFileSync(iamLog, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line)), end };
}

/** Runs it to its end, both outputs in one text. */
function program(file, words, { started = () => {}, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { stdio: ["ignore", "pipe", "pipe"], ...options });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => said.push(data));
    const late = setTimeout(() => child.kill("SIGKILL"), patience);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(late);
      resolve({ code, text: Buffer.concat(said).toString() });
    });
    started(child);
  });
}

async function asked(dana, operation, body) {
  const { status, text } = await dana.codedeploy(operation, body);
  if (status !== 200) throw new Error(`${operation}: ${text}`);
  return text ? JSON.parse(text) : {};
}

/** The objects and earlier deployments that the scene stands on. */
async function prepare({ dana }, one) {
  const { application, role, scene } = one;
  const bucket = bucketOf(application);
  const objects = {};
  const put = async (name) => {
    const key = `${application}/${name}.zip`;
    const { status, headers, text } = await dana.s3("PUT", `/${bucket}/${key}`, { body: readFileSync(join(stage, `${name}.zip`)) });
    if (status !== 200) throw new Error(`PutObject: ${text}`);
    return { bucket, key, version: headers["x-amz-version-id"], eTag: headers.etag.replaceAll('"', "") };
  };
  const site = { bucket, large: join(stage, "large"), object: await put("two") };
  const revisionOf = async (words) => {
    const [kind, name] = words.split(" ");
    if (!name) return { revisionType: "GitHub", gitHubLocation: { repository, commitId: commits[kind] } };
    objects[name] ??= await put(name);
    return { revisionType: "S3", s3Location: { ...objects[name], bundleType: "zip" } };
  };
  for (const [group, words] of scene.before(role)) {
    const { deploymentId } = await asked(dana, "CreateDeployment", { applicationName: application, deploymentGroupName: group, revision: await revisionOf(words) });
    site.last = deploymentId;
    for (let status = ""; status !== "Succeeded"; await sleep(30)) {
      ({ status } = (await asked(dana, "GetDeployment", { deploymentId })).deploymentInfo);
      if (["Failed", "Stopped"].includes(status)) throw new Error(`The deployment of ${words} to ${group} before '${scene.name}' has ${status}.`);
    }
  }
  return site;
}

const begun = async (dana, { application, role }) =>
  (await Promise.all(jobs[role].groups.map((group) => asked(dana, "ListDeployments", { applicationName: application, deploymentGroupName: group })))).flatMap((page) => page.deployments).length;

let count = 0;
/** One run of the program, as a runner starts it. */
async function run(cloud, one) {
  const { application, role, scene } = one;
  const site = await prepare(cloud, one);
  const env = { ...cloud.environments[role] };
  const files = join(cloud.folder, "steps", String(++count));
  mkdirSync(files, { recursive: true });
  for (const name of ["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY", "GITHUB_ENV"]) {
    env[name] = join(files, name);
    writeFileSync(env[name], "");
  }
  const inputs = { application, "role-to-assume": `arn:aws:iam::${account}:role/${application}-${role}`, comment: "false", ...scene.inputs(role, site) };
  if (["status", "check", "push"].includes(scene.verb)) delete inputs.comment;
  for (const [name, value] of Object.entries(inputs)) env[`INPUT_${name.toUpperCase()}`] = value;
  const earlier = scene.before(role).filter(([group]) => jobs[role].groups.includes(group)).length;
  let over = false;
  const cancel = async (child) => {
    while (!over && (await begun(cloud.dana, one)) <= earlier) await sleep(30);
    if (!over) child.kill("SIGINT");
  };
  // Whoever runs this in the background has everything below ignore SIGINT; a runner starts its steps without that.
  const ended = await program("/usr/bin/env", ["--default-signal=INT", join(bin, "macro-portfolio"), scene.verb], {
    cwd: env.GITHUB_WORKSPACE, env, started: (child) => scene.lasts && cancel(child).catch((error) => console.error(error.message)),
  });
  over = true;
  return { ...one, code: ended.code, lines: plain(ended.text, one).split("\n") };
}

/** What was said, without what differs from run to run, of an application that is called as the product. */
const plain = (text, { application }) => text
  .replaceAll(application, "macro-portfolio")
  .replaceAll(stage, "")
  .replace(/\bd-[A-Z0-9]{9}\b/g, "d-ID")
  .replace(/\b[0-9a-f]{64}\b/g, "SHA256")
  .replace(/\b[0-9a-f]{40}\b/g, "COMMIT")
  .replace(/\b[0-9a-f]{12}\.\.\.zip/g, "SHA256.zip")
  .replace(/\.zip#\w+/g, ".zip#VERSION")
  .replace(/\bthe upload \S+/g, "the upload ID");

/** All of them, some at a time, each with what IAM decided of it. */
async function runAll(name, cases) {
  const cloud = await raise(name, cases);
  const results = [];
  const waiting = [...cases];
  try {
    await Promise.all(Array.from({ length: Number(values["at-once"]) }, async () => {
      while (waiting.length > 0) {
        const one = waiting.shift();
        results[cases.indexOf(one)] = await run(cloud, one);
      }
    }));
    const decisions = grouped(cloud.decisions(), (line) => line.principal.match(/:assumed-role\/([^/]+)\//)?.[1]);
    return results.map((result) => ({ ...result, decisions: decisions[`${result.application}-${result.role}`] ?? [] }));
  } finally {
    await cloud.end();
  }
}

const began = Date.now();
const permissions = Object.fromEntries(await Promise.all(Object.entries(roles).map(async ([name, role]) => [name, await permissionsOf(role)])));

// ---- Every scene with the whole role
const whole = await runAll("whole", casesOf(scenes.flatMap((scene) => scene.roles.map((role) => ({ scene, role })))));
for (const result of whole) holds(`${result.scene.name} by ${result.role}`, misfits(result));
holds("what was demanded", await faults(whole.flatMap((result) => result.decisions)));

// ---- Each permission taken away from what asked for it
const wanted = Object.entries(permissions).flatMap(([role, all]) => all.flatMap((lacks) => {
  const askers = whole.filter((result) => result.role === role).flatMap(({ scene, decisions }) =>
    decisions.filter((line) => line.action === lacks.action && line.verdict === "Allowed").map(({ operation }) => ({ scene, use: role === "readme" ? operation : `${scene.verb} ${operation}` })));
  // Of each verb the first scene that asks by each operation, of the README's role the first of all verbs; all scenes where another statement may allow the same.
  const isTwice = all.filter((other) => other.action === lacks.action).length > 1;
  const asking = isTwice ? askers : askers.filter((one, at) => askers.findIndex((other) => other.use === one.use) === at);
  return [...new Set(asking.map(({ scene }) => scene))].map((scene) => ({ scene, role, lacks }));
}));
const removed = (await runAll("removed", casesOf(wanted))).map((result) => ({ ...result, ...grade(result, whole.find((other) => other.scene === result.scene && other.role === result.role)) }));
for (const result of removed) holds(`${result.scene.name} by ${result.role} without ${result.lacks.action}`, result.problems);
for (const [role, all] of Object.entries(permissions)) for (const permission of all) holds(`${permission.action} of ${role}`, superfluous(role, permission, removed));

// ---- What came of it
const rows = [...new Set(Object.values(permissions).flat().map(({ action }) => action))].map((action) => {
  const of = removed.filter((result) => result.lacks.action === action && result.role !== "readme");
  const telling = of.filter((result) => result.told);
  const first = telling.find((result) => result.isNamedAlone && result.mark === "stops") ?? telling.find((result) => result.isNamedAlone) ?? telling[0];
  return {
    action,
    roles: Object.keys(jobs).filter((role) => role !== "readme" && permissions[role]?.some((permission) => permission.action === action)),
    marks: grouped(of, (result) => result.scene.verb),
    told: first?.told ?? "",
  };
});
for (const { action, roles: holders, marks, told } of rows) {
  console.log([action, (permissions.readme.some((permission) => permission.action === action) ? [...holders, "README"] : holders).join(", "), Object.entries(marks).map(([verb, of]) => `${verb} (${[...new Set(of.map((result) => result.scene.name))].join("; ")})`).join(", "), told].join(" | "));
}

const text = page(rows);
if (values.write) writeFileSync(values.page, text);
else holds("docs/permissions.md", existsSync(values.page) && readFileSync(values.page, "utf8") === text ? [] : ["It is not what would be written now: tests/foreign/removal --write."]);

console.log(`${Object.values(permissions).flat().length} permissions of ${Object.keys(permissions).length} roles, ${whole.length} runs with whole roles and ${removed.length} without a permission, in ${Math.round((Date.now() - began) / 1000)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
