// The services as the aws CLI meets them: what it prints, what it says and how it ends.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function scenarios(run, place) {
  const { own, application, serviceRole, bucket } = place;
  const group = place.cliGroup;
  const stage = mkdtempSync(join(tmpdir(), "conformance-cli-"));
  place.cleanup.push(() => rmSync(stage, { recursive: true }));
  run.transcript.rename({ stage });
  const fresh = `${own}-cli`;
  const lacks = !application || !group ? "--application and --group" : !bucket ? "--bucket" : "";
  const failure = (event) => event.status === "Failed";

  let last;
  const check = (what, holds) => run.check(what, holds, `exit code ${last.code}\n  output: ${last.text.slice(0, 1500)}\n  words: ${last.words}`);
  const refused = (code) => last.code !== 0 && last.words.includes(`(${code})`);

  /** The CLI; its output where that is JSON, its words and its exit code. */
  function ask(args, { as = {}, quiet = false } = {}) {
    const where = place.cliEndpoint ? ["--endpoint-url", place.cliEndpoint] : [];
    return new Promise((resolve) => {
      execFile(place.aws, [...where, "--output", "json", ...args], { env: { ...process.env, ...as }, maxBuffer: 1 << 24 }, (error, text, words) => {
        last = { code: error ? error.code : 0, text, words: words.trim(), output: read(text) };
        if (!quiet) {
          run.transcript.line(`$ aws ${args.join(" ")}`);
          if (last.output !== undefined) run.transcript.value("<", last.output);
          if (last.words) run.transcript.line(`! ${last.words}`);
          run.transcript.line(`= ${last.code}`);
        }
        resolve(last);
      });
    });
  }

  const deploy = (...args) => ask(["deploy", ...args]);
  const target = ["--application-name", application, "--deployment-group-name", group];
  const location = (bundle) => ["--s3-location", `bucket=${bucket},key=${place.bundles[bundle]},bundleType=tgz`];
  const create = async (bundle, ...more) => (await deploy("create-deployment", ...target, ...location(bundle), ...more)).output?.deploymentId;
  const serves = (text) =>
    (place.cliInstances ?? []).every((id) => readFileSync(join(place.state, "instances", id, "opt/macro-portfolio-conformance/index.html"), "utf8") === text);

  await run.scenario("cli: who asks", async () => {
    const { output } = await ask(["sts", "get-caller-identity"]);
    check("get-caller-identity says who asks", output?.Account === place.account && output.Arn === place.caller);
  });

  await run.scenario("cli: a deployment that succeeds", async () => {
    const id = await create("good", "--description", "by hand");
    check("create-deployment answers an id", /^d-[A-Z0-9]{9}$/.test(id));
    await deploy("wait", "deployment-successful", "--deployment-id", id);
    check("wait deployment-successful ends well", last.code === 0);
    check("the instances have the page", serves("good\n"));
    const { output } = await deploy("get-deployment", "--deployment-id", id);
    const info = output?.deploymentInfo;
    check("the deployment succeeded on all instances", info?.status === "Succeeded" && info.deploymentOverview.Failed === 0 && info.description === "by hand");
    const targets = (await deploy("list-deployment-targets", "--deployment-id", id)).output?.targetIds;
    check("list-deployment-targets names all", targets?.length === info.deploymentOverview.Succeeded && (place.cliInstances ?? []).every((one) => targets.includes(one)));
    const { output: filtered } = await deploy("list-deployments", ...target, "--include-only-statuses", "Succeeded");
    check("list-deployments filters by group and status", filtered?.deployments?.includes(id));
  }, lacks);

  await run.scenario("cli: a deployment that fails", async () => {
    const id = await create("broken");
    await deploy("wait", "deployment-successful", "--deployment-id", id);
    check("wait ends with 255 for a deployment that fails", last.code === 255);
    const { output } = await deploy("get-deployment", "--deployment-id", id);
    check("the deployment failed for its instances", output?.deploymentInfo?.status === "Failed" && output.deploymentInfo.errorInformation.code === "HEALTH_CONSTRAINTS");
    const { targetIds } = (await deploy("list-deployment-targets", "--deployment-id", id, "--target-filters", "TargetStatus=Failed")).output ?? {};
    await deploy("get-deployment-target", "--deployment-id", id, "--target-id", targetIds?.[0] ?? "none");
    const event = last.output?.deploymentTarget?.instanceTarget?.lifecycleEvents?.find(failure);
    check("get-deployment-target says which event and script failed, and how", event?.lifecycleEventName === "ValidateService" && event.diagnostics.errorCode === "ScriptFailed" && event.diagnostics.scriptName === "hooks/validate.sh");
    check("get-deployment-target has the script's words", event?.diagnostics?.logTail?.includes("the feed is stale"));
  }, lacks);

  let stopped;
  await run.scenario("cli: a deployment that is stopped", async () => {
    const id = await create("slow");
    await create("good");
    check("a busy group refuses a second deployment", refused("DeploymentLimitExceededException"));
    const { output } = await deploy("stop-deployment", "--deployment-id", id);
    check("stop-deployment is answered", ["Pending", "Succeeded"].includes(output?.status));
    stopped = id;
  }, lacks);

  await run.scenario("cli: pages", async () => {
    const list = ["list-deployments", "--application-name", own, "--deployment-group-name", "first"];
    const whole = (await deploy(...list, "--query", "length(deployments)")).output;
    check("list-deployments goes through all pages", whole > 100);
    const page = (await deploy(...list, "--no-paginate", "--query", "[length(deployments), nextToken]")).output;
    check("a page holds a hundred", page?.[0] === 100 && page[1]?.length > 0);
    const rest = (await deploy(...list, "--starting-token", page?.[1] ?? "none", "--query", "length(deployments)")).output;
    check("the next page holds the rest", rest === whole - 100);
  }, place.isAws && !place.pages ? "--pages" : serviceRole ? "" : "--service-role");

  place.cleanup.push(
    () => ask(["deploy", "delete-application", "--application-name", fresh], { quiet: true }),
    () => ask(["deploy", "delete-deployment-config", "--deployment-config-name", `${fresh}-config`], { quiet: true }),
  );
  await run.scenario("cli: applications, configs and groups", async () => {
    await deploy("create-application", "--application-name", fresh, "--compute-platform", "Server");
    check("create-application is answered", last.code === 0);
    await deploy("create-deployment-config", "--deployment-config-name", `${fresh}-config`, "--minimum-healthy-hosts", "type=HOST_COUNT,value=1");
    check("create-deployment-config is answered", last.code === 0);
    const filter = place.cliFilter ?? "Key=macro-portfolio-conformance,Value=nowhere,Type=KEY_AND_VALUE";
    const { output } = await deploy("create-deployment-group", "--application-name", fresh, "--deployment-group-name", "gray", "--service-role-arn", serviceRole,
      "--deployment-config-name", `${fresh}-config`, "--ec2-tag-filters", filter);
    check("create-deployment-group is answered", output?.deploymentGroupId?.length > 0);
    const info = (await deploy("get-deployment-group", "--application-name", fresh, "--deployment-group-name", "gray")).output?.deploymentGroupInfo;
    check("the group is as it was made", info?.deploymentConfigName === `${fresh}-config` && filter.includes(`Value=${info.ec2TagFilters[0].Value}`));
  }, serviceRole ? "" : "--service-role");

  await run.scenario("cli: a bundle in S3", async () => {
    const key = `${own}/cli/site.tgz`;
    await ask(["s3", "cp", place.bundleFiles.bundled, `s3://${bucket}/${key}`]);
    check("s3 cp puts a bundle", last.code === 0);
    const version = (await ask(["s3api", "head-object", "--bucket", bucket, "--key", key])).output?.VersionId;
    check("head-object knows its version", version?.length > 0);
    await ask(["s3", "cp", `s3://${bucket}/${key}`, join(stage, "back.tgz")]);
    check("s3 cp gets the same bytes back", readFileSync(join(stage, "back.tgz")).equals(readFileSync(place.bundleFiles.bundled)));
    await ask(["s3", "ls", `s3://${bucket}/${own}/cli/`]);
    check("s3 ls finds it", last.text.includes("site.tgz"));
    place.bundleVersion = version && `bucket=${bucket},key=${key},bundleType=tgz,version=${version}`;
  }, bucket ? "" : "--bucket");

  // Its script goes on for a while; the waiter of the CLI asks every 15 seconds.
  await run.scenario("cli: a deployment that was stopped", async () => {
    const id = stopped;
    await deploy("wait", "deployment-successful", "--deployment-id", id);
    check("wait ends with 255 for a deployment that was stopped", last.code === 255);
    const info = (await deploy("get-deployment", "--deployment-id", id)).output?.deploymentInfo;
    check("the deployment is stopped", info?.status === "Stopped" && info.errorInformation?.code === "MANUAL_STOP");
    await deploy("stop-deployment", "--deployment-id", id);
    check("what is over cannot be stopped", refused("DeploymentAlreadyCompletedException"));
  }, lacks);

  await run.scenario("cli: a version of a bundle is deployed by a group that was just made", async () => {
    const { output } = await deploy("create-deployment", "--application-name", fresh, "--deployment-group-name", "gray", "--s3-location", place.bundleVersion);
    await deploy("wait", "deployment-successful", "--deployment-id", output?.deploymentId ?? "none");
    check("a bundle in S3 is deployed", last.code === 0);
    check("the instances have the bundle's page", serves("bundled\n"));
  }, place.isAws ? "the simulator: it deploys to a given group's instances by another group" : "");

  await run.scenario("cli: a revision of GitHub", async () => {
    const { repository, commit } = place.gitHub;
    const { output } = await deploy("create-deployment", ...target, "--github-location", `repository=${repository},commitId=${commit}`, "--file-exists-behavior", "OVERWRITE");
    await deploy("wait", "deployment-successful", "--deployment-id", output?.deploymentId ?? "none");
    check("a commit is deployed", last.code === 0);
  }, lacks || (place.gitHub ? "" : "--github-revision"));

  await run.scenario("cli: who may not", async () => {
    await ask(["deploy", "list-applications"], { as: { AWS_SECRET_ACCESS_KEY: "wrong-secret-key" } });
    check("a wrong secret key is refused", refused("InvalidSignatureException"));
    await ask(["deploy", "list-applications"], { as: { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7UNKNOWN", AWS_SECRET_ACCESS_KEY: "wrong-secret-key", AWS_SESSION_TOKEN: "" } });
    check("an unknown key is refused", refused("UnrecognizedClientException"));
    await deploy("get-deployment", "--deployment-id", "d-ABCDEFGHI");
    check("an unknown deployment is refused", refused("DeploymentDoesNotExistException"));
  });

  const limited = { AWS_ACCESS_KEY_ID: process.env.LIMITED_AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: process.env.LIMITED_AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN: "" };
  await run.scenario("cli: who may only read", async () => {
    await ask(["deploy", "create-deployment", ...target, ...location("good")], { as: limited });
    check("a missing permission is refused", refused("AccessDeniedException"));
    check("the refusal names user, action and resource",
      new RegExp(`User: arn:aws:\\S+ is not authorized to perform: codedeploy:CreateDeployment on resource: arn:aws:codedeploy:${place.region}:${place.account}:deploymentgroup:${application}/${group}`).test(last.words));
    const { output } = await ask(["deploy", "get-application", "--application-name", application], { as: limited });
    check("what is permitted works", output?.application?.applicationName === application);
  }, lacks || (limited.AWS_ACCESS_KEY_ID ? "" : "LIMITED_AWS_ACCESS_KEY_ID and LIMITED_AWS_SECRET_ACCESS_KEY"));

  await run.scenario("cli: what is not simulated", async () => {
    await deploy("get-on-premises-instance", "--instance-name", "nowhere");
    check("an operation that is not simulated is refused", refused("UnknownOperationException"));
    const exchange = run.recorder.exchanges.find((one) => one.operation === "GetOnPremisesInstance");
    check("... with 400, which clients do not retry", exchange?.status === 400);
  }, place.isAws ? "the simulator" : "");
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
