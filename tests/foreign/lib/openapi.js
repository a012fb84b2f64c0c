// GitHub's answers held against GitHub's own OpenAPI description: status, members and types.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const description = JSON.parse(readFileSync(new URL("../github/description.json", import.meta.url), "utf8"));
const reference = "#/components/schemas/";

/** Statuses that GitHub's guides promise of every route, and those seen of it where the description of one route forgot them. */
const everywhere = { 400: "basic-error", 401: "basic-error", 403: "basic-error", 404: "basic-error", 422: "basic-error", 429: "basic-error" };

/** OpenAPI 3.0 to JSON Schema: null is said with a keyword of its own there, and oneOf means no more than anyOf where shapes overlap. */
function convert(schema) {
  if (Array.isArray(schema)) return schema.map(convert);
  if (typeof schema !== "object" || schema === null) return schema;
  const { nullable, oneOf, $ref, ...rest } = schema;
  const made = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, key === "enum" || key === "required" || key === "default" ? value : convert(value)]));
  if (oneOf) made.anyOf = convert(oneOf);
  if ($ref) made.$ref = `github${$ref}`;
  return nullable ? { anyOf: [made, { type: "null" }] } : made;
}

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
// GitHub's URLs hold templates, which the format does not allow, and are empty where a status has none (the description's own default).
ajv.addFormat("uri", (text) => text === "" || /^https?:\/\/[^\s]+$/.test(text));
ajv.addFormat("repo.nwo", /^[^/]+\/[^/]+$/);
ajv.addSchema({ $id: "github", components: { schemas: convertProperties(description.schemas) } });

function convertProperties(schemas) {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, convert(schema)]));
}

const validators = new Map();

function validate(schema, body) {
  const key = JSON.stringify(schema);
  if (!validators.has(key)) validators.set(key, ajv.compile(convert(schema)));
  const validator = validators.get(key);
  return validator(body) ? [] : validator.errors;
}

/** What is wrong with an answer of the route. */
export function judge({ method, route, status, headers, body }) {
  const operation = description.paths[route]?.[method.toLowerCase()];
  if (!operation) return [`the description has no ${method} ${route}`];
  const declared = operation.responses[status];
  const schema = declared ? Object.entries(declared).find(([type]) => type.endsWith("json"))?.[1] : everywhere[status] && { $ref: reference + everywhere[status] };
  if (!declared && !schema) return [`the description has no status ${status}`];
  const faults = [];
  if (!headers.get("x-github-request-id")) faults.push("there is no x-github-request-id");
  if (status === 204 || status === 304) return body === "" ? faults : [...faults, "there is a body"];
  if (headers.get("content-type") !== "application/json; charset=utf-8") faults.push(`the content type is ${headers.get("content-type")}`);
  if (!schema) return faults;
  let answer;
  try {
    answer = JSON.parse(body);
  } catch {
    return [...faults, "the body is not JSON"];
  }
  faults.push(...validate(schema, answer).map((error) => `${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`));
  // Every refusal of GitHub's tells its status, which the description of validation errors forgot.
  if (status >= 400) delete answer.status;
  faults.push(...strange(schema, answer, ""));
  return faults;
}

/** Members that no branch of the schema knows; the description allows them, but GitHub does not send them. */
function strange(schema, value, where) {
  const branches = flatten(schema);
  if (Array.isArray(value)) {
    const items = branches.map((branch) => branch.items).filter(Boolean);
    return items.length ? value.flatMap((one, index) => strange({ anyOf: items }, one, `${where}/${index}`)) : [];
  }
  if (typeof value !== "object" || value === null) return [];
  const open = branches.some((branch) => branch.additionalProperties) || !branches.some((branch) => branch.properties);
  if (open) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const known = branches.map((branch) => branch.properties?.[key]).filter(Boolean);
    return known.length ? strange({ anyOf: known }, one, `${where}/${key}`) : [`${where}/${key} is a member that the description does not have`];
  });
}

function flatten(schema) {
  if (schema.$ref) return flatten(description.schemas[schema.$ref.slice(reference.length)]);
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...parts.flatMap(flatten)];
}

/** Whether the description would take this as the body of a request. */
export function accepts(method, route, body) {
  return validate(description.paths[route][method.toLowerCase()].body, body).length === 0;
}

export const routes = Object.entries(description.paths).flatMap(([route, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${route}`));
