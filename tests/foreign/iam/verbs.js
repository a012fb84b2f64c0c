// What a role's verbs are tried with: each scene is one run of one verb in an application of its own, with what was deployed there before.

/** The environment of the jobs that take each role, and the group that it deploys to. */
export const jobs = {
  status: { environment: "gray", groups: [] },
  gray: { environment: "gray", groups: ["gray"] },
  production: { environment: "production", groups: ["stable"] },
  rollback: { environment: "production-rollback", groups: ["gray", "stable"] },
  readme: { environment: "gray", groups: ["gray", "stable"] },
};

const everybody = Object.keys(jobs);
const reading = ["gray", "production", "rollback", "readme"];
const deploying = ["gray", "production", "readme"];
const own = (role) => jobs[role].groups[0];
const version = ({ object }) => `s3://${object.bucket}/${object.key}?versionId=${object.version}`;
const before = (role, ...revisions) => revisions.map((revision) => [own(role), revision]);

/** What check must find with the whole role: it asks for leave to deploy to every group, which not every role has. */
const refusals = (role) => ["gray", "stable"].filter((group) => !jobs[role].groups.includes(group)).map((group) => `${group}: create`);
const check = { verb: "check", before: () => [["gray", "one"], ["stable", "one"]], refusals, exit: (role) => (refusals(role).length > 0 ? 4 : 0) };

/**
 * before: group and revision of each earlier deployment, oldest first. inputs: of the run. exit: its code with the whole role. says: what it says then.
 * breaks: an event of the instances fails. lasts: one takes long, and the job is cancelled when the deployment has begun.
 */
export const scenes = [
  { name: "status", verb: "status", roles: everybody, before: () => [["gray", "one"], ["stable", "one"]] },
  { ...check, name: "check", roles: everybody },
  { ...check, name: "check of an object's version", roles: reading, inputs: (role, site) => ({ revision: version(site) }) },
  { ...check, name: "check of an object", roles: reading, inputs: (role, { object }) => ({ revision: `s3://${object.bucket}/${object.key}` }) },
  { ...check, name: "check of an object that is not there", roles: reading, inputs: (role, { object }) => ({ revision: `s3://${object.bucket}/${object.key.replace("two", "three")}` }), refusals: (role) => [...refusals(role), "revision"], exit: (role) => (refusals(role).length > 0 ? 4 : 2), says: "There is no s3://" },
  { name: "deploy that watches an earlier one", verb: "deploy", roles: everybody, before: () => [["gray", "bundle one"]], inputs: (role, { last }) => ({ "deployment-id": last }) },

  { name: "deploy", verb: "deploy", roles: deploying, before: (role) => before(role, "one"), inputs: (role) => ({ "deployment-group": own(role) }) },
  { name: "deploy of an object", verb: "deploy", roles: deploying, before: (role) => before(role, "bundle one"), inputs: (role, site) => ({ "deployment-group": own(role), revision: version(site) }) },
  { name: "deploy of a bundle", verb: "deploy", roles: ["gray", "readme"], before: (role) => before(role, "one"), inputs: (role, { bucket }) => ({ "deployment-group": own(role), revision: "bundle:.", "s3-bucket": bucket }) },
  { name: "deploy that fails", verb: "deploy", roles: deploying, before: (role) => before(role, "one"), inputs: (role) => ({ "deployment-group": own(role) }), breaks: true },
  { name: "deploy that is cancelled", verb: "deploy", roles: deploying, before: (role) => before(role, "one"), inputs: (role) => ({ "deployment-group": own(role) }), lasts: true },

  { name: "gray", verb: "gray", roles: ["gray", "readme"], before: () => [["gray", "one"]] },
  { name: "gray of an object", verb: "gray", roles: ["gray", "readme"], before: () => [["gray", "bundle one"]], inputs: (role, site) => ({ revision: version(site) }) },
  { name: "gray of a bundle", verb: "gray", roles: ["gray", "readme"], before: () => [["gray", "one"]], inputs: (role, { bucket }) => ({ revision: "bundle:.", "s3-bucket": bucket }) },
  { name: "gray that fails", verb: "gray", roles: ["gray", "readme"], before: () => [["gray", "one"]], breaks: true },
  { name: "gray that is cancelled", verb: "gray", roles: ["gray", "readme"], before: () => [["gray", "one"]], lasts: true },

  ...["deploy", "gray"].map((verb) => ({
    name: `${verb} of a bundle that cannot be uploaded`, verb, roles: ["gray", "readme"], inputs: (role, { bucket, large }) => ({ ...(verb === "deploy" && { "deployment-group": "gray" }), "s3-bucket": bucket, revision: `bundle:${large}` }),
    exit: () => 1, says: "smaller than the minimum",
  })),

  { name: "push", verb: "push", roles: ["gray", "readme"], inputs: (role, { bucket }) => ({ "s3-bucket": bucket }) },
  { name: "push that cannot be uploaded", verb: "push", roles: ["gray", "readme"], inputs: (role, { bucket, large }) => ({ "s3-bucket": bucket, path: large }), exit: () => 1, says: "smaller than the minimum" },

  { name: "promote", verb: "promote", roles: ["production", "readme"], before: () => [["stable", "one"], ["gray", "two"]] },
  { name: "promote of a bundle", verb: "promote", roles: ["production", "readme"], before: () => [["stable", "bundle one"], ["gray", "bundle two"]] },
  { name: "promote that fails", verb: "promote", roles: ["production", "readme"], before: () => [["stable", "one"], ["gray", "two"]], breaks: true },
  { name: "promote that is cancelled", verb: "promote", roles: ["production", "readme"], before: () => [["stable", "one"], ["gray", "two"]], lasts: true },

  { name: "rollback of one stage", verb: "rollback", roles: ["rollback", "readme"], before: () => [["gray", "one"], ["gray", "two"]], inputs: () => ({ stage: "gray" }) },
  { name: "rollback", verb: "rollback", roles: ["rollback", "readme"], before: () => [["gray", "one"], ["stable", "one"], ["gray", "two"], ["stable", "two"]] },
  { name: "rollback of a bundle", verb: "rollback", roles: ["rollback", "readme"], before: () => [["gray", "bundle one"], ["stable", "bundle one"], ["gray", "bundle two"], ["stable", "bundle two"]] },
  { name: "rollback that fails", verb: "rollback", roles: ["rollback", "readme"], before: () => [["gray", "one"], ["stable", "one"], ["gray", "two"], ["stable", "two"]], breaks: true },
  { name: "rollback that is cancelled", verb: "rollback", roles: ["rollback", "readme"], before: () => [["gray", "one"], ["stable", "one"], ["gray", "two"], ["stable", "two"]], lasts: true },
].map((scene) => ({ before: () => [], inputs: () => ({}), ...scene, exit: scene.exit ?? (() => (scene.lasts ? 130 : scene.breaks ? 6 : 0)) }));

/** The verbs, in the order in which people meet them. */
export const verbs = [...new Set(["deploy", "gray", "promote", "rollback", "status", "check", "push", ...scenes.map((scene) => scene.verb)])];
