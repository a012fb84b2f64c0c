// What goes over the wire, kept as it was: of the npm clients by a request handler around their own, of the aws CLI by a proxy on loopback.
import http from "node:http";
import { Readable } from "node:stream";
import { NodeHttpHandler } from "@smithy/node-http-handler";

/** One answer and what was asked: `service`, `operation`, `status`, `headers` (lower case), `body` (a Buffer), `request` (`method`, `path`). */
export class Recorder {
  exchanges = [];
  #judge;

  constructor(judge) {
    this.#judge = judge;
  }

  add(exchange) {
    exchange.faults = this.#judge(exchange);
    this.exchanges.push(exchange);
    return exchange;
  }
}

/** A client's request handler that keeps each answer before the client parses it. */
export function recordingHandler(recorder, service) {
  const inner = new NodeHttpHandler();
  return {
    metadata: inner.metadata,
    destroy: () => inner.destroy(),
    updateHttpClientConfig: (key, value) => inner.updateHttpClientConfig(key, value),
    httpHandlerConfigs: () => inner.httpHandlerConfigs(),
    async handle(request, options) {
      const { response } = await inner.handle(request, options);
      const body = await whole(response.body);
      response.body = Readable.from(body.length ? [body] : []);
      const headers = lowered(response.headers);
      recorder.last = recorder.add({
        service,
        operation: recorder.operation,
        request: { method: request.method, path: request.path, query: request.query ?? {} },
        status: response.statusCode,
        headers,
        body,
      });
      return { response };
    },
  };
}

/** A proxy for clients that cannot be reached into. The Host header stays what the client signed. */
export function startProxy(target, recorder) {
  const { hostname, port } = new URL(target);
  const server = http.createServer(async (incoming, outgoing) => {
    const sent = await whole(incoming);
    const onward = http.request({ hostname, port, method: incoming.method, path: incoming.url, headers: incoming.rawHeaders }, async (answer) => {
      const body = await whole(answer);
      const [service, operation] = name(incoming, sent);
      recorder.add({
        service,
        operation,
        request: { method: incoming.method, path: incoming.url.split("?")[0], query: Object.fromEntries(new URL(incoming.url, target).searchParams) },
        status: answer.statusCode,
        headers: lowered(answer.headers),
        body,
      });
      outgoing.writeHead(answer.statusCode, answer.headers);
      outgoing.end(body);
    });
    onward.on("error", (error) => outgoing.destroy(error));
    onward.end(sent);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() })));
}

/** Service and operation, as far as the request itself tells them. */
function name(incoming, sent) {
  const target = incoming.headers["x-amz-target"];
  if (target) return ["codedeploy", target.split(".")[1]];
  const form = new URLSearchParams(sent.toString());
  if (form.get("Version") === "2011-06-15") return ["sts", form.get("Action")];
  const url = new URL(incoming.url, "http://loopback");
  const isKey = /^\/[^/]+\/.+/.test(url.pathname);
  const verbs = { GET: "GetObject", HEAD: "HeadObject", PUT: "PutObject", DELETE: "DeleteObject" };
  return ["s3", isKey ? verbs[incoming.method] : url.searchParams.has("list-type") ? "ListObjectsV2" : undefined];
}

async function whole(stream) {
  const parts = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

function lowered(headers) {
  return Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), String(value)]));
}
