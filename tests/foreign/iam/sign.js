// Requests as AWS's clients sign them. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHash, createHmac } from "node:crypto";
import http from "node:http";

const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const hmac = (key, data) => createHmac("sha256", key).update(data).digest();
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** Sends it and gives back status, headers and text. `keys` has id, secret and token; without keys nothing is signed. */
export async function send(endpoint, region, { service, method = "POST", path = "/", query = {}, headers = {}, body = "", keys }) {
  const { hostname, port, host } = new URL(endpoint);
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const all = { host, "user-agent": "driver/1", "x-amz-date": time, ...headers, ...(keys?.token && { "x-amz-security-token": keys.token }), ...(service === "s3" && { "x-amz-content-sha256": sha256(body) }) };
  const text = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`).sort().join("&");
  if (keys) {
    const names = Object.keys(all).map((name) => name.toLowerCase()).sort();
    const lower = Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]));
    const canonical = [method, path, text, ...names.map((name) => `${name}:${lower[name]}`), "", names.join(";"), sha256(body)].join("\n");
    const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
    const key = scope.split("/").reduce((secret, part) => hmac(secret, part), `AWS4${keys.secret}`);
    const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString("hex");
    all.authorization = `AWS4-HMAC-SHA256 Credential=${keys.id}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  }

  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method, path: text ? `${path}?${text}` : path, headers: { ...all, "content-length": Buffer.byteLength(body) } }, async (answer) => {
      const chunks = await answer.toArray();
      resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString() });
    });
    request.on("error", reject);
    request.end(body);
  });
}

const form = (values) => Object.entries(values).map(([name, value]) => `${encode(name)}=${encode(String(value))}`).join("&");

/** One caller's requests of each service. */
export function caller(endpoint, region, keys) {
  const versions = { sts: "2011-06-15", ec2: "2016-11-15", monitoring: "2010-08-01" };
  return {
    /** Another caller at the same place. */
    as: (others) => caller(endpoint, region, others),
    codedeploy: (operation, body = {}) => send(endpoint, region, {
      service: "codedeploy", keys, body: JSON.stringify(body), headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `CodeDeploy_20141006.${operation}` },
    }),
    query: (service, operation, values = {}) => send(endpoint, region, {
      service, keys, body: form({ Action: operation, Version: versions[service], ...values }), headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    }),
    s3: (method, path, { query, headers, body } = {}) => send(endpoint, region, { service: "s3", method, path, query, headers, body, keys }),
    /** AssumeRole; the keys of the session, or undefined when it was refused. */
    async assume(role, values = {}) {
      const { status, text } = await this.query("sts", "AssumeRole", { RoleArn: role, RoleSessionName: "run-1", ...values });
      const part = (name) => text.match(new RegExp(`<${name}>([^<]*)</${name}>`))?.[1];
      return status === 200 ? { id: part("AccessKeyId"), secret: part("SecretAccessKey"), token: part("SessionToken") } : undefined;
    },
  };
}
