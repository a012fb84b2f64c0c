// CodeDeploy as AWS's npm client meets it.
import * as aws from "@aws-sdk/client-codedeploy";
import { sleep } from "../lib/run.js";

const {
  AddTagsToOnPremisesInstancesCommand, BatchGetApplicationRevisionsCommand, BatchGetApplicationsCommand, BatchGetDeploymentGroupsCommand,
  BatchGetDeploymentInstancesCommand, BatchGetDeploymentTargetsCommand, BatchGetDeploymentsCommand, ContinueDeploymentCommand, CreateApplicationCommand,
  CreateDeploymentCommand, CreateDeploymentConfigCommand, CreateDeploymentGroupCommand, DeleteApplicationCommand, DeleteDeploymentConfigCommand,
  DeleteDeploymentGroupCommand, GetApplicationCommand, GetApplicationRevisionCommand, GetDeploymentCommand, GetDeploymentConfigCommand,
  GetDeploymentGroupCommand, GetDeploymentInstanceCommand, GetDeploymentTargetCommand, ListApplicationRevisionsCommand, ListDeploymentGroupsCommand,
  ListDeploymentInstancesCommand, ListDeploymentTargetsCommand, ListDeploymentsCommand, ListTagsForResourceCommand, RegisterApplicationRevisionCommand,
  StopDeploymentCommand, TagResourceCommand, UntagResourceCommand, UpdateDeploymentGroupCommand,
} = aws;

const unknown = "d-ABCDEFGHI";
const github = (commitId = "1".repeat(40)) => ({ revisionType: "GitHub", gitHubLocation: { repository: "octo-org/octo-repo", commitId } });
const s3 = (bucket, key) => ({ revisionType: "S3", s3Location: { bucket, key, bundleType: "tgz" } });
const nowhere = [{ Key: "macro-portfolio-conformance", Value: "nowhere", Type: "KEY_AND_VALUE" }];

/** Applications, configs, groups, revisions, and deployments that meet no instance. */
export async function making(run, place, client) {
  const { call, refused, ends, all } = through(run, place, client);
  const { own, serviceRole } = place;
  const [config, first, second] = [`${own}-config`, "first", "second"];
  const group = (more = {}) => ({ applicationName: own, deploymentGroupName: "bad", serviceRoleArn: serviceRole, ...more });
  const deployment = (more = {}) => ({ applicationName: own, deploymentGroupName: first, revision: github(), ...more });

  place.cleanup.push(
    () => call(DeleteApplicationCommand, { applicationName: own }, { quiet: true }),
    () => call(DeleteDeploymentConfigCommand, { deploymentConfigName: config }, { quiet: true }),
  );

  await run.scenario("codedeploy: applications", async () => {
    const made = await call(CreateApplicationCommand, { applicationName: own, tags: [{ Key: "purpose", Value: "conformance" }] });
    run.check("CreateApplication answers an id", typeof made.applicationId === "string", made);
    await refused(CreateApplicationCommand, { applicationName: own }, "ApplicationAlreadyExistsException");
    await refused(CreateApplicationCommand, { applicationName: "" }, "ApplicationNameRequiredException");
    await refused(CreateApplicationCommand, { applicationName: "no spaces" }, "InvalidApplicationNameException");
    await refused(CreateApplicationCommand, { applicationName: "x".repeat(101) }, "InvalidApplicationNameException");
    await refused(CreateApplicationCommand, { applicationName: `${own}-x`, computePlatform: "Mainframe" }, "InvalidComputePlatformException");
    const { application } = await call(GetApplicationCommand, { applicationName: own });
    run.check("GetApplication answers it", application?.applicationName === own && application.computePlatform === "Server" && application.createTime instanceof Date, application);
    const batch = await call(BatchGetApplicationsCommand, { applicationNames: [own] });
    run.check("BatchGetApplications answers it", batch.applicationsInfo?.[0]?.applicationId === application.applicationId, batch);
    run.check("the paginator of ListApplications finds it", (await all(aws.paginateListApplications, {}, "applications")).includes(own));
    await refused(GetApplicationCommand, { applicationName: `${own}-x` }, "ApplicationDoesNotExistException");
    await refused(GetApplicationCommand, {}, "ApplicationNameRequiredException");
    await refused(BatchGetApplicationsCommand, { applicationNames: [] }, "ApplicationNameRequiredException");
    await refused(BatchGetApplicationsCommand, { applicationNames: Array.from({ length: 101 }, (_, index) => `a${index}`) }, "BatchLimitExceededException", "101 names");

    const arn = `arn:aws:codedeploy:${place.region}:${place.account}:application:${own}`;
    await call(TagResourceCommand, { ResourceArn: arn, Tags: [{ Key: "stage", Value: "test" }] });
    await call(UntagResourceCommand, { ResourceArn: arn, TagKeys: ["purpose"] });
    const tags = await call(ListTagsForResourceCommand, { ResourceArn: arn });
    run.check("tags are added and taken away", JSON.stringify(tags.Tags) === '[{"Key":"stage","Value":"test"}]', tags);
    await refused(ListTagsForResourceCommand, {}, "ResourceArnRequiredException");
    await refused(ListTagsForResourceCommand, { ResourceArn: "nonsense" }, "InvalidArnException");
    await refused(TagResourceCommand, { ResourceArn: arn, Tags: [] }, "TagRequiredException");
  });

  await run.scenario("codedeploy: configs", async () => {
    const made = await call(CreateDeploymentConfigCommand, { deploymentConfigName: config, minimumHealthyHosts: { type: "FLEET_PERCENT", value: 75 }, computePlatform: "Server" });
    run.check("CreateDeploymentConfig answers an id", typeof made.deploymentConfigId === "string", made);
    const { deploymentConfigInfo } = await call(GetDeploymentConfigCommand, { deploymentConfigName: config });
    run.check("the config is as it was made", JSON.stringify(sorted(deploymentConfigInfo?.minimumHealthyHosts)) === '{"type":"FLEET_PERCENT","value":75}', deploymentConfigInfo);
    for (const name of ["OneAtATime", "HalfAtATime", "AllAtOnce"]) await call(GetDeploymentConfigCommand, { deploymentConfigName: `CodeDeployDefault.${name}` });
    run.check("the paginator of ListDeploymentConfigs finds it", (await all(aws.paginateListDeploymentConfigs, {}, "deploymentConfigsList")).includes(config));
    const healthy = { minimumHealthyHosts: { type: "HOST_COUNT", value: 1 } };
    await refused(CreateDeploymentConfigCommand, { deploymentConfigName: config, ...healthy }, "DeploymentConfigAlreadyExistsException");
    await refused(CreateDeploymentConfigCommand, healthy, "DeploymentConfigNameRequiredException");
    await refused(CreateDeploymentConfigCommand, { deploymentConfigName: "CodeDeployDefault.Mine", ...healthy }, "InvalidDeploymentConfigNameException");
    await refused(CreateDeploymentConfigCommand, { deploymentConfigName: "no/slash", ...healthy }, "InvalidDeploymentConfigNameException");
    await refused(CreateDeploymentConfigCommand, { deploymentConfigName: `${own}-x`, ...healthy, computePlatform: "Mainframe" }, "InvalidComputePlatformException");
    for (const [type, value] of [["HOST_COUNT", -1], ["FLEET_PERCENT", 100], ["MOST", 1]])
      await refused(CreateDeploymentConfigCommand, { deploymentConfigName: `${own}-x`, minimumHealthyHosts: { type, value } }, "InvalidMinimumHealthyHostValueException");
    await refused(GetDeploymentConfigCommand, { deploymentConfigName: `${own}-x` }, "DeploymentConfigDoesNotExistException");
    await refused(GetDeploymentConfigCommand, {}, "DeploymentConfigNameRequiredException");
    await refused(DeleteDeploymentConfigCommand, { deploymentConfigName: "CodeDeployDefault.OneAtATime" }, "InvalidOperationException");
  });

  await run.scenario("codedeploy: groups", async () => {
    const made = await call(CreateDeploymentGroupCommand, {
      ...group(), deploymentGroupName: first, deploymentConfigName: config, ec2TagFilters: nowhere, outdatedInstancesStrategy: "IGNORE",
      autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_FAILURE"] }, tags: [{ Key: "purpose", Value: "conformance" }],
    });
    run.check("CreateDeploymentGroup answers an id", typeof made.deploymentGroupId === "string", made);
    let { deploymentGroupInfo: info } = await call(GetDeploymentGroupCommand, { applicationName: own, deploymentGroupName: first });
    run.check("the group is as it was made", info?.deploymentConfigName === config && info.ec2TagFilters[0].Value === "nowhere" && info.deploymentStyle.deploymentType === "IN_PLACE", info);
    await call(UpdateDeploymentGroupCommand, {
      applicationName: own, currentDeploymentGroupName: first, newDeploymentGroupName: second, deploymentConfigName: "CodeDeployDefault.AllAtOnce", ec2TagFilters: [],
      ec2TagSet: { ec2TagSetList: [nowhere, [{ Key: "b", Type: "KEY_ONLY" }]] }, autoRollbackConfiguration: { enabled: false },
    });
    ({ deploymentGroupInfo: info } = await call(GetDeploymentGroupCommand, { applicationName: own, deploymentGroupName: second }));
    run.check("UpdateDeploymentGroup renamed it and changed its tags", info?.ec2TagSet?.ec2TagSetList?.length === 2 && !info.ec2TagFilters?.length && info.deploymentConfigName.endsWith("AllAtOnce"), info);
    await call(UpdateDeploymentGroupCommand, { applicationName: own, currentDeploymentGroupName: second, newDeploymentGroupName: first });
    await call(CreateDeploymentGroupCommand, { ...group(), deploymentGroupName: second, ec2TagFilters: nowhere, deploymentConfigName: config });
    const batch = await call(BatchGetDeploymentGroupsCommand, { applicationName: own, deploymentGroupNames: [first, second, "third"] });
    run.check("BatchGetDeploymentGroups answers those that there are", batch.deploymentGroupsInfo?.length === 2, batch);
    const names = await all(aws.paginateListDeploymentGroups, { applicationName: own }, "deploymentGroups");
    run.check("the paginator of ListDeploymentGroups finds both", names.sort().join() === "first,second", names);

    await refused(CreateDeploymentGroupCommand, { ...group(), deploymentGroupName: first }, "DeploymentGroupAlreadyExistsException");
    await refused(CreateDeploymentGroupCommand, { ...group(), applicationName: `${own}-x` }, "ApplicationDoesNotExistException");
    await refused(CreateDeploymentGroupCommand, { ...group(), applicationName: undefined }, "ApplicationNameRequiredException");
    await refused(CreateDeploymentGroupCommand, { ...group(), deploymentGroupName: undefined }, "DeploymentGroupNameRequiredException");
    await refused(CreateDeploymentGroupCommand, { ...group(), deploymentGroupName: "a b" }, "InvalidDeploymentGroupNameException");
    await refused(CreateDeploymentGroupCommand, { ...group(), serviceRoleArn: undefined }, "RoleRequiredException");
    await refused(CreateDeploymentGroupCommand, { ...group(), serviceRoleArn: "nonsense" }, "InvalidRoleException");
    await refused(CreateDeploymentGroupCommand, group({ deploymentConfigName: `${own}-x` }), "DeploymentConfigDoesNotExistException");
    await refused(CreateDeploymentGroupCommand, group({ ec2TagFilters: nowhere, ec2TagSet: { ec2TagSetList: [nowhere] } }), "InvalidEC2TagCombinationException");
    await refused(CreateDeploymentGroupCommand, group({ ec2TagFilters: [{ Key: "a", Value: "b", Type: "LIKE" }] }), "InvalidEC2TagException");
    await refused(CreateDeploymentGroupCommand, group({ autoRollbackConfiguration: { enabled: true, events: ["ON_TUESDAYS"] } }), "InvalidAutoRollbackConfigException");
    await refused(CreateDeploymentGroupCommand, group({ alarmConfiguration: { enabled: true, alarms: [{ name: "" }] } }), "InvalidAlarmConfigException");
    await refused(CreateDeploymentGroupCommand, group({ alarmConfiguration: { enabled: true, alarms: Array.from({ length: 11 }, (_, index) => ({ name: `a${index}` })) } }), "AlarmsLimitExceededException");
    await refused(UpdateDeploymentGroupCommand, { applicationName: own, currentDeploymentGroupName: "third" }, "DeploymentGroupDoesNotExistException");
    await refused(UpdateDeploymentGroupCommand, { applicationName: own, currentDeploymentGroupName: first, newDeploymentGroupName: second }, "DeploymentGroupAlreadyExistsException");
    await refused(GetDeploymentGroupCommand, { applicationName: own, deploymentGroupName: "third" }, "DeploymentGroupDoesNotExistException");
    await refused(GetDeploymentGroupCommand, { applicationName: own }, "DeploymentGroupNameRequiredException");
    await refused(BatchGetDeploymentGroupsCommand, { applicationName: own, deploymentGroupNames: [] }, "DeploymentGroupNameRequiredException");
    await refused(ListDeploymentGroupsCommand, { applicationName: `${own}-x` }, "ApplicationDoesNotExistException");
    await refused(ListDeploymentGroupsCommand, { applicationName: own, nextToken: "nonsense" }, "InvalidNextTokenException");
    await refused(DeleteDeploymentConfigCommand, { deploymentConfigName: config }, "DeploymentConfigInUseException");
    await call(DeleteDeploymentGroupCommand, { applicationName: own, deploymentGroupName: second });
    await refused(GetDeploymentGroupCommand, { applicationName: own, deploymentGroupName: second }, "DeploymentGroupDoesNotExistException");
  }, serviceRole ? "" : "--service-role");

  await run.scenario("codedeploy: revisions", async () => {
    await call(RegisterApplicationRevisionCommand, { applicationName: own, revision: github(), description: "of the conformance run" });
    await call(RegisterApplicationRevisionCommand, { applicationName: own, revision: s3("octo-bundles", "site/1.tgz") });
    await call(RegisterApplicationRevisionCommand, { applicationName: own, revision: s3("octo-bundles", "site/2.tgz") });
    const one = await call(GetApplicationRevisionCommand, { applicationName: own, revision: github() });
    run.check("GetApplicationRevision answers it", one.revisionInfo?.description === "of the conformance run" && one.revisionInfo.registerTime instanceof Date, one);
    const listed = await call(ListApplicationRevisionsCommand, { applicationName: own, sortBy: "registerTime", sortOrder: "ascending" });
    run.check("ListApplicationRevisions answers all, in order", listed.revisions?.map((each) => each.revisionType).join() === "GitHub,S3,S3", listed);
    const prefixed = await call(ListApplicationRevisionsCommand, { applicationName: own, s3Bucket: "octo-bundles", s3KeyPrefix: "site/2", deployed: "exclude" });
    run.check("... or those of a bucket and prefix that are not deployed", prefixed.revisions?.length === 1, prefixed);
    run.check("its paginator finds as many", (await all(aws.paginateListApplicationRevisions, { applicationName: own }, "revisions")).length === 3);
    const batch = await call(BatchGetApplicationRevisionsCommand, { applicationName: own, revisions: [github(), s3("octo-bundles", "site/1.tgz")] });
    run.check("BatchGetApplicationRevisions answers both", batch.revisions?.length === 2, batch);

    await refused(GetApplicationRevisionCommand, { applicationName: own, revision: github("2".repeat(40)) }, "RevisionDoesNotExistException");
    await refused(GetApplicationRevisionCommand, { applicationName: own }, "RevisionRequiredException");
    await refused(RegisterApplicationRevisionCommand, { applicationName: own }, "RevisionRequiredException");
    for (const revision of [{}, { revisionType: "GitHub" }, { revisionType: "FTP" }, { revisionType: "S3", s3Location: { bucket: "b" } }, { revisionType: "GitHub", gitHubLocation: { repository: "noslash", commitId: "x" } }])
      await refused(RegisterApplicationRevisionCommand, { applicationName: own, revision }, "InvalidRevisionException");
    await refused(RegisterApplicationRevisionCommand, { applicationName: own, revision: github(), description: "x".repeat(257) }, "DescriptionTooLongException", "257 characters");
    await refused(RegisterApplicationRevisionCommand, { applicationName: `${own}-x`, revision: github() }, "ApplicationDoesNotExistException");
    const list = (more) => ({ applicationName: own, ...more });
    await refused(ListApplicationRevisionsCommand, list({ sortBy: "size" }), "InvalidSortByException");
    await refused(ListApplicationRevisionsCommand, list({ sortBy: "registerTime", sortOrder: "up" }), "InvalidSortOrderException");
    await refused(ListApplicationRevisionsCommand, list({ deployed: "maybe" }), "InvalidDeployedStateFilterException");
    await refused(ListApplicationRevisionsCommand, list({ s3KeyPrefix: "site/" }), "BucketNameFilterRequiredException");
    await refused(ListApplicationRevisionsCommand, list({ nextToken: "nonsense" }), "InvalidNextTokenException");
    await refused(BatchGetApplicationRevisionsCommand, { applicationName: own, revisions: [] }, "RevisionRequiredException");
    await refused(BatchGetApplicationRevisionsCommand, { applicationName: own, revisions: Array(26).fill(github()) }, "BatchLimitExceededException", "26 revisions");
  });

  await run.scenario("codedeploy: deployments that cannot be made", async () => {
    await refused(CreateDeploymentCommand, deployment({ applicationName: undefined }), "ApplicationNameRequiredException");
    await refused(CreateDeploymentCommand, deployment({ applicationName: "a b" }), "InvalidApplicationNameException");
    await refused(CreateDeploymentCommand, deployment({ applicationName: `${own}-x` }), "ApplicationDoesNotExistException");
    await refused(CreateDeploymentCommand, deployment({ deploymentGroupName: undefined }), "DeploymentGroupNameRequiredException");
    await refused(CreateDeploymentCommand, deployment({ deploymentGroupName: "a b" }), "InvalidDeploymentGroupNameException");
    await refused(CreateDeploymentCommand, deployment({ deploymentGroupName: "third" }), "DeploymentGroupDoesNotExistException");
    await refused(CreateDeploymentCommand, deployment({ deploymentConfigName: "a b" }), "InvalidDeploymentConfigNameException");
    await refused(CreateDeploymentCommand, deployment({ deploymentConfigName: `${own}-x` }), "DeploymentConfigDoesNotExistException");
    await refused(CreateDeploymentCommand, deployment({ revision: undefined }), "RevisionRequiredException");
    await refused(CreateDeploymentCommand, deployment({ revision: { revisionType: "S3" } }), "InvalidRevisionException");
    await refused(CreateDeploymentCommand, deployment({ revision: { revisionType: "AppSpecContent", appSpecContent: { content: "version: 0.0" } } }), "InvalidRevisionException");
    await refused(CreateDeploymentCommand, deployment({ description: "x".repeat(257) }), "DescriptionTooLongException", "with 257 characters");
    await refused(CreateDeploymentCommand, deployment({ fileExistsBehavior: "ASK" }), "InvalidFileExistsBehaviorException");
    await refused(CreateDeploymentCommand, deployment({ targetInstances: { tagFilters: nowhere } }), "InvalidTargetInstancesException");
    await refused(CreateDeploymentCommand, deployment({ autoRollbackConfiguration: { enabled: true, events: ["ON_TUESDAYS"] } }), "InvalidAutoRollbackConfigException");
    await refused(CreateDeploymentCommand, deployment({ overrideAlarmConfiguration: { enabled: true, alarms: [{ name: "" }] } }), "InvalidAlarmConfigException");

    for (const Command of [GetDeploymentCommand, StopDeploymentCommand, ContinueDeploymentCommand, ListDeploymentTargetsCommand, ListDeploymentInstancesCommand]) {
      await refused(Command, {}, "DeploymentIdRequiredException");
      await refused(Command, { deploymentId: "nonsense" }, "InvalidDeploymentIdException");
      await refused(Command, { deploymentId: unknown }, "DeploymentDoesNotExistException");
    }
    await refused(GetDeploymentTargetCommand, { deploymentId: unknown, targetId: "i-0000000000000beef" }, "DeploymentDoesNotExistException");
    await refused(BatchGetDeploymentTargetsCommand, { deploymentId: unknown, targetIds: ["i-0000000000000beef"] }, "DeploymentDoesNotExistException");
    await refused(BatchGetDeploymentsCommand, { deploymentIds: [] }, "DeploymentIdRequiredException");
    await refused(BatchGetDeploymentsCommand, { deploymentIds: ["nonsense"] }, "InvalidDeploymentIdException");
    await refused(BatchGetDeploymentsCommand, { deploymentIds: Array.from({ length: 101 }, (_, index) => `d-${String(index).padStart(9, "0")}`) }, "BatchLimitExceededException", "101 ids");

    const both = { applicationName: own, deploymentGroupName: first };
    await refused(ListDeploymentsCommand, { applicationName: own }, "DeploymentGroupNameRequiredException");
    await refused(ListDeploymentsCommand, { deploymentGroupName: first }, "ApplicationNameRequiredException");
    await refused(ListDeploymentsCommand, { ...both, applicationName: `${own}-x` }, "ApplicationDoesNotExistException");
    await refused(ListDeploymentsCommand, { ...both, deploymentGroupName: "third" }, "DeploymentGroupDoesNotExistException");
    await refused(ListDeploymentsCommand, { ...both, includeOnlyStatuses: ["Lost"] }, "InvalidDeploymentStatusException");
    await refused(ListDeploymentsCommand, { ...both, createTimeRange: { start: new Date(2e12), end: new Date(1e12) } }, "InvalidTimeRangeException");
    await refused(ListDeploymentsCommand, { ...both, nextToken: "nonsense" }, "InvalidNextTokenException");
  }, serviceRole ? "" : "--service-role");

  await run.scenario("codedeploy: a deployment without instances", async () => {
    const { deploymentId } = await call(CreateDeploymentCommand, deployment({ description: "to nobody" }));
    await ends(deploymentId, "FAILURE");
    const { deploymentInfo: info } = await call(GetDeploymentCommand, { deploymentId });
    run.check("it failed because there are none", info?.status === "Failed" && info.errorInformation?.code === "NO_INSTANCES", info);
    await refused(StopDeploymentCommand, { deploymentId }, "DeploymentAlreadyCompletedException");
    const { deploymentGroupInfo } = await call(GetDeploymentGroupCommand, { applicationName: own, deploymentGroupName: first });
    run.check("the group names it as its last attempt", deploymentGroupInfo?.lastAttemptedDeployment?.deploymentId === deploymentId, deploymentGroupInfo);
    const now = Date.now();
    const found = await call(ListDeploymentsCommand, { applicationName: own, deploymentGroupName: first, includeOnlyStatuses: ["Failed"], createTimeRange: { start: new Date(now - 3600e3), end: new Date(now + 3600e3) } });
    run.check("ListDeployments finds it by status and time", found.deployments?.includes(deploymentId), found);
    const before = await call(ListDeploymentsCommand, { applicationName: own, deploymentGroupName: first, createTimeRange: { end: new Date(now - 3600e3) } });
    run.check("... and not in a time before", before.deployments?.length === 0, before);
  }, serviceRole ? "" : "--service-role");

  await run.scenario("codedeploy: more deployments than a page", async () => {
    const made = [];
    while (made.length < 101) {
      const { deploymentId, error } = await call(CreateDeploymentCommand, deployment(), { quiet: true });
      if (deploymentId) made.push(deploymentId);
      else if (error === "DeploymentLimitExceededException" || error === "ThrottlingException") await sleep(place.isAws ? 2000 : 20);
      else throw new Error(error);
    }
    const pages = [];
    for await (const page of aws.paginateListDeployments({ client }, { applicationName: own, deploymentGroupName: first })) pages.push(page.deployments);
    run.transcript.line(`pages of ${pages.map((page) => page.length).join(", ")}`);
    run.check("the pages hold all of them", made.every((id) => pages.flat().includes(id)), pages);
    run.check("a page holds a hundred", pages[0].length === 100 && pages.length === 2, pages.map((page) => page.length));
    const batch = await call(BatchGetDeploymentsCommand, { deploymentIds: made.slice(0, 25) }, { quiet: true });
    run.check("BatchGetDeployments answers 25", batch.deploymentsInfo?.length === 25, batch);
  }, place.isAws && !place.pages ? "--pages" : serviceRole ? "" : "--service-role");

  await run.scenario("codedeploy: what is not simulated", async () => {
    await refused(AddTagsToOnPremisesInstancesCommand, { instanceNames: ["a"], tags: [{ Key: "a", Value: "b" }] }, "UnknownOperationException");
  }, place.isAws ? "the simulator" : "");
}

/** Deployments to the instances of the group that was given. */
export async function deploying(run, place, client) {
  const { call, refused, ends, validates, rollbackOf } = through(run, place, client);
  const { application, group: name, bucket, bundles } = place;
  const lacks = !application || !name ? "--application and --group" : !bucket ? "--bucket" : "";
  const target = { applicationName: application, deploymentGroupName: name };
  const create = (bundle, more = {}) => call(CreateDeploymentCommand, { ...target, revision: s3(bucket, bundles[bundle]), fileExistsBehavior: "OVERWRITE", ...more });

  await run.scenario("codedeploy: a deployment that succeeds", async () => {
    const { deploymentId } = await create("good", { description: "of the conformance run", deploymentConfigName: "CodeDeployDefault.AllAtOnce" });
    run.check("CreateDeployment answers an id", /^d-[A-Z0-9]{9}$/.test(deploymentId), deploymentId);
    await ends(deploymentId, "SUCCESS");
    const { deploymentInfo: info } = await call(GetDeploymentCommand, { deploymentId });
    run.check("it succeeded", info?.status === "Succeeded" && info.deploymentOverview.Failed === 0 && info.completeTime >= info.createTime, info);
    run.check("it is as it was asked for", info?.creator === "user" && info.description === "of the conformance run" && info.fileExistsBehavior === "OVERWRITE", info);
    const { targetIds } = await call(ListDeploymentTargetsCommand, { deploymentId });
    run.check("all its targets are there", targetIds?.length === info.deploymentOverview.Succeeded, targetIds);
    const { deploymentTarget } = await call(GetDeploymentTargetCommand, { deploymentId, targetId: targetIds[0] });
    run.check("a target has its events", deploymentTarget?.instanceTarget?.lifecycleEvents?.some((event) => event.lifecycleEventName === "Install" && event.status === "Succeeded"), deploymentTarget);
    const batch = await call(BatchGetDeploymentTargetsCommand, { deploymentId, targetIds });
    run.check("BatchGetDeploymentTargets answers all", batch.deploymentTargets?.length === targetIds.length, batch);
    const failed = await call(ListDeploymentTargetsCommand, { deploymentId, targetFilters: { TargetStatus: ["Failed"] } });
    run.check("a filter of the targets filters", failed.targetIds?.length === 0, failed);
    await call(ListDeploymentInstancesCommand, { deploymentId });
    await call(GetDeploymentInstanceCommand, { deploymentId, instanceId: targetIds[0] });
    await call(BatchGetDeploymentInstancesCommand, { deploymentId, instanceIds: targetIds });
    const { deploymentsInfo } = await call(BatchGetDeploymentsCommand, { deploymentIds: [deploymentId] });
    run.check("BatchGetDeployments answers it too", deploymentsInfo?.[0]?.deploymentId === deploymentId, deploymentsInfo);
    const { deploymentGroupInfo } = await call(GetDeploymentGroupCommand, target);
    run.check("the group knows it as its last success", deploymentGroupInfo?.lastSuccessfulDeployment?.deploymentId === deploymentId, deploymentGroupInfo);
    run.check("... and its revision as its own", deploymentGroupInfo?.targetRevision?.s3Location?.key === bundles.good, deploymentGroupInfo);

    await refused(ListDeploymentTargetsCommand, { deploymentId, targetFilters: { Colour: ["Red"] } }, "InvalidTargetFilterNameException");
    await refused(ListDeploymentTargetsCommand, { deploymentId, targetFilters: { TargetStatus: ["Lost"] } }, "InvalidInstanceStatusException");
    await refused(ListDeploymentTargetsCommand, { deploymentId, nextToken: "nonsense" }, "InvalidNextTokenException");
    await refused(GetDeploymentTargetCommand, { deploymentId }, "DeploymentTargetIdRequiredException");
    await refused(GetDeploymentTargetCommand, { deploymentId, targetId: "a b" }, "InvalidDeploymentTargetIdException");
    await refused(GetDeploymentTargetCommand, { deploymentId, targetId: "i-0000000000000beef" }, "DeploymentTargetDoesNotExistException");
    await refused(BatchGetDeploymentTargetsCommand, { deploymentId, targetIds: [] }, "DeploymentTargetIdRequiredException");
    await refused(ContinueDeploymentCommand, { deploymentId, deploymentWaitType: "NEVER" }, "InvalidDeploymentWaitTypeException");
  }, lacks);

  await run.scenario("codedeploy: a deployment that fails", async () => {
    const { deploymentId } = await create("broken", { autoRollbackConfiguration: { enabled: false }, deploymentConfigName: "CodeDeployDefault.AllAtOnce" });
    await ends(deploymentId, "FAILURE");
    const { deploymentInfo: info } = await call(GetDeploymentCommand, { deploymentId });
    run.check("it failed for its instances", info?.status === "Failed" && info.errorInformation?.code === "HEALTH_CONSTRAINTS", info);
    const { targetIds } = await call(ListDeploymentTargetsCommand, { deploymentId, targetFilters: { TargetStatus: ["Failed"] } });
    const { deploymentTarget } = await call(GetDeploymentTargetCommand, { deploymentId, targetId: targetIds[0] });
    const event = deploymentTarget?.instanceTarget?.lifecycleEvents?.find((each) => each.status === "Failed");
    run.check("a target says which script failed", event?.lifecycleEventName === "ValidateService" && event.diagnostics?.errorCode === "ScriptFailed" && event.diagnostics.scriptName === "hooks/validate.sh", event);
    run.check("... and its words", event?.diagnostics?.logTail?.includes("the feed is stale"), event);
  }, lacks);

  await run.scenario("codedeploy: a deployment that is rolled back", async () => {
    const { deploymentId } = await create("broken", { autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_FAILURE"] } });
    await ends(deploymentId, "FAILURE");
    const back = await rollbackOf(deploymentId);
    await ends(back, "SUCCESS");
    const { deploymentInfo: info } = await call(GetDeploymentCommand, { deploymentId });
    run.check("it names its rollback", info?.rollbackInfo?.rollbackDeploymentId === back, info);
    const { deploymentInfo: rollback } = await call(GetDeploymentCommand, { deploymentId: back });
    run.check("the rollback is CodeDeploy's and of the revision before", rollback?.creator === "codeDeployRollback" && rollback.revision?.s3Location?.key === bundles.good, rollback);
    run.check("... and names what it is for", rollback?.rollbackInfo?.rollbackTriggeringDeploymentId === deploymentId, rollback);
  }, lacks);

  await run.scenario("codedeploy: a deployment that is stopped", async () => {
    const { deploymentId } = await create("slow");
    await refused(CreateDeploymentCommand, { ...target, revision: s3(bucket, bundles.good) }, "DeploymentLimitExceededException", "while one is active");
    await refused(ContinueDeploymentCommand, { deploymentId, deploymentWaitType: "READY_WAIT" }, "UnsupportedActionForDeploymentTypeException");
    await validates(deploymentId);
    const stopped = await call(StopDeploymentCommand, { deploymentId, autoRollbackEnabled: false });
    run.check("StopDeployment is answered", ["Pending", "Succeeded"].includes(stopped.status), stopped);
    await ends(deploymentId, "FAILURE");
    const { deploymentInfo: info } = await call(GetDeploymentCommand, { deploymentId });
    run.check("it is stopped", info?.status === "Stopped", info);
    await refused(StopDeploymentCommand, { deploymentId }, "DeploymentAlreadyCompletedException");
  }, lacks);

  await run.scenario("codedeploy: a deployment that is stopped and rolled back", async () => {
    const { deploymentId } = await create("slow");
    await validates(deploymentId);
    await call(StopDeploymentCommand, { deploymentId, autoRollbackEnabled: true });
    await ends(deploymentId, "FAILURE");
    const back = await rollbackOf(deploymentId);
    await ends(back, "SUCCESS");
    const { deploymentInfo: rollback } = await call(GetDeploymentCommand, { deploymentId: back });
    run.check("the revision before is deployed again", rollback?.revision?.s3Location?.key === bundles.good, rollback);
  }, lacks);

  const { repository, commit } = place.gitHub ?? {};
  await run.scenario("codedeploy: a revision of GitHub", async () => {
    const { deploymentId } = await call(CreateDeploymentCommand, { ...target, revision: { revisionType: "GitHub", gitHubLocation: { repository, commitId: commit } }, fileExistsBehavior: "OVERWRITE" });
    await ends(deploymentId, "SUCCESS");
    await call(GetDeploymentCommand, { deploymentId });
  }, lacks || (repository ? "" : "--github-revision"));
}

/** What the scenarios do with the client. */
function through(run, place, client) {
  const call = (Command, input, options) => run.call(client, Command, input, options);
  const refused = (Command, input, error, what) => run.refused(client, Command, input, error, what);
  return { call, refused, ends, validates, rollbackOf, all };

  /** The client's own waiter; its polls are not of the transcript. */
  async function ends(deploymentId, wanted) {
    const delays = place.isAws ? { minDelay: 5, maxDelay: 15, maxWaitTime: 1800 } : { minDelay: 0.2, maxDelay: 1, maxWaitTime: 300 };
    let state;
    try {
      ({ state } = await aws.waitUntilDeploymentSuccessful({ client, ...delays }, { deploymentId }));
    } catch (error) {
      state = JSON.parse(error.message).state;
    }
    run.transcript.line(`waitUntilDeploymentSuccessful ${deploymentId}: ${state}`);
    run.check(`the waiter ends with ${wanted}`, state === wanted, state);
  }

  /** Until an instance is in the middle of its script. */
  async function validates(deploymentId) {
    const isRunning = (target) => target.instanceTarget.lifecycleEvents.some((event) => event.lifecycleEventName === "ValidateService" && event.status === "InProgress");
    for (let tries = 0; tries < 600; tries++) {
      const { targetIds = [] } = await call(ListDeploymentTargetsCommand, { deploymentId }, { quiet: true });
      const { deploymentTargets = [] } = targetIds.length ? await call(BatchGetDeploymentTargetsCommand, { deploymentId, targetIds }, { quiet: true }) : {};
      if (deploymentTargets.some(isRunning)) return;
      await sleep(place.isAws ? 2000 : 100);
    }
    throw new Error(`No instance of ${deploymentId} came to run its script.`);
  }

  async function rollbackOf(deploymentId) {
    for (let tries = 0; tries < 120; tries++) {
      const { deploymentInfo } = await call(GetDeploymentCommand, { deploymentId }, { quiet: true });
      if (deploymentInfo?.rollbackInfo?.rollbackDeploymentId) return deploymentInfo.rollbackInfo.rollbackDeploymentId;
      await sleep(place.isAws ? 5000 : 100);
    }
    throw new Error(`${deploymentId} was not rolled back.`);
  }

  async function all(paginate, input, member) {
    const found = [];
    for await (const page of paginate({ client }, input)) found.push(...(page[member] ?? []));
    return found;
  }
}

const sorted = (value) => value && Object.fromEntries(Object.entries(value).sort());
