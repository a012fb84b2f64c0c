// The foreign clients' scenarios, against the simulator or the real services; started by tests/conformance, which says what the options mean.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CodeDeployClient } from "@aws-sdk/client-codedeploy";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { judge } from "./lib/model.js";
import { Run } from "./lib/run.js";
import { Transcript } from "./lib/transcript.js";
import { Recorder, recordingHandler, startProxy } from "./lib/wire.js";
import * as cli from "./scenarios/cli.js";
import * as codedeploy from "./scenarios/codedeploy.js";
import * as github from "./scenarios/github.js";
import * as s3 from "./scenarios/s3.js";
import * as sts from "./scenarios/sts.js";

const text = { type: "string" };
const { values: options } = parseArgs({
  options: {
    endpoint: text, region: text, application: text, group: text, "cli-group": text, bucket: text, role: text, "service-role": text, "web-identity-role": text,
    "github-revision": text, transcript: text, scenario: { type: "string", multiple: true, default: [] }, pages: { type: "boolean", default: false },
    aws: text, bundles: text, state: text, job: text, "reader-job": text,
  },
});

/** The environment of a job, as the simulator writes it. */
const variables = (file) => Object.fromEntries(readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
const job = options.job ? variables(options.job) : process.env;

const { endpoint, region } = options;
const own = `conformance-${Math.random().toString(36).slice(2, 10)}`;
const [repository, commit] = options["github-revision"]?.split("@") ?? [];
const place = {
  own, endpoint, region,
  isAws: endpoint === undefined,
  application: options.application,
  group: options.group,
  cliGroup: options["cli-group"] ?? options.group,
  bucket: options.bucket,
  role: options.role,
  serviceRole: options["service-role"],
  webIdentityRole: options["web-identity-role"],
  gitHub: commit && { repository, commit },
  pages: options.pages,
  aws: options.aws,
  state: options.state,
  // What it knows of its own world only.
  cliInstances: options.state && ["i-0000000000000c001", "i-0000000000000c002"],
  cliFilter: options.state && "Key=Client,Value=cli,Type=KEY_AND_VALUE",
  bundleFiles: Object.fromEntries(readdirSync(options.bundles).map((name) => [name.replace(".tgz", ""), join(options.bundles, name)])),
  bundles: {},
  issuer: job.ACTIONS_ID_TOKEN_REQUEST_URL && { url: job.ACTIONS_ID_TOKEN_REQUEST_URL, token: job.ACTIONS_ID_TOKEN_REQUEST_TOKEN },
  cleanup: [],
};

const transcripts = [new Transcript(), new Transcript()];
const runs = transcripts.map((transcript) => new Run(transcript, new Recorder(judge), options.scenario));
const [npm, command] = runs;

/** A client of the npm packages, each answer kept as it came. */
function make(Client, credentials) {
  const client = new Client({
    region, endpoint, maxAttempts: place.isAws ? 5 : 1, forcePathStyle: true, logger: { debug() {}, info() {}, warn() {}, error() {} },
    ...(credentials && { credentials }),
    requestHandler: recordingHandler(npm.recorder, Client.name.replace("Client", "").toLowerCase()),
  });
  client.middlewareStack.add((next, context) => (args) => {
    npm.recorder.operation = context.commandName.replace(/Command$/, "");
    return next(args);
  });
  return client;
}

const caller = await make(STSClient).send(new GetCallerIdentityCommand());
Object.assign(place, { account: caller.Account, caller: caller.Arn });
console.log(`As ${caller.Arn} in ${region}${place.isAws ? " of AWS" : ` at ${endpoint}`}; everything that this run makes is named ${own}.`);

const proxy = endpoint && (await startProxy(endpoint, command.recorder));
place.cliEndpoint = proxy?.url;
const assumed = (arn) => arn && `assumed-role/${arn.split("/").at(-1)}`;
for (const transcript of transcripts) {
  transcript.rename({
    own, account: place.account, region, caller: caller.Arn, application: place.application, group: place.group, "cli-group": place.cliGroup === place.group ? "" : place.cliGroup,
    bucket: place.bucket, role: place.role, "service-role": place.serviceRole, "web-identity-role": place.webIdentityRole, repository, commit, endpoint, proxy: proxy?.url,
    bundles: options.bundles, "role's session": assumed(place.role), "web-identity-role's session": assumed(place.webIdentityRole),
  });
}

try {
  await sts.scenarios(npm, place, make);
  await s3.scenarios(npm, place, make);
  const client = make(CodeDeployClient);
  await codedeploy.making(npm, place, client);
  // Two groups, two clients at a time; one group, one after the other.
  const deploying = () => codedeploy.deploying(npm, place, client);
  const typing = () => cli.scenarios(command, place);
  if (place.group === place.cliGroup) await deploying().then(typing);
  else await Promise.all([deploying(), typing()]);
} finally {
  // The newest first: what uses another goes before it.
  for (const clear of place.cleanup.reverse()) {
    try {
      await clear();
    } catch (error) {
      console.error(`Could not clean up: ${error.message}`);
      process.exitCode = 1;
    }
  }
  proxy?.close();
}

npm.judgeAnswers();
if (proxy) command.judgeAnswers();
if (options.job) await github.scenarios(npm, { job, reader: variables(options["reader-job"])["INPUT_GITHUB-TOKEN"] });
if (options.transcript) writeFileSync(options.transcript, transcripts.join("\n"));

const [passed, failed] = ["passed", "failed"].map((what) => runs.reduce((sum, run) => sum + run[what], 0));
console.log(`${passed} passed, ${failed} failed`);
if (failed) process.exitCode = 1;
