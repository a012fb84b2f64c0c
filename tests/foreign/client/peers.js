// The two clients, and the server on loopback that hears what they send and answers what it is told to.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';

export async function loopback() {
  const heard = [];
  let answer = { status: 200, headers: {}, body: '{}' };
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    heard.push({ method: request.method, path: request.url, headers: request.headers, body });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'b4e1', ...answer.headers });
    response.end(answer.body);
  });
  // A connection that the server ends while a client writes would be an error of neither.
  server.keepAliveTimeout = server.headersTimeout = server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    willAnswer: (body, status = 200, headers = {}) => (answer = { body, status, headers }),
    /** What was sent since this was asked last. */
    heard: () => heard.splice(0),
    close: () => { server.close(); server.closeAllConnections(); },
  };
}

/** Our client, in the program that lets itself be questioned. */
export function ours(program) {
  const child = spawn('dotnet', [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${program} ended when it was asked ${JSON.stringify(question).slice(0, 2000)}`);
      return JSON.parse(value);
    },
    async close() {
      const ended = once(child, 'exit');
      child.stdin.end();
      const [code] = await ended;
      if (code !== 0) throw new Error(`${program} ended with ${code}`);
    },
  };
}

/** AWS's client. Neither client is to try again: what is compared is one request and one answer. */
export function theirs(url) {
  const client = new CodeDeployClient({
    endpoint: url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  return {
    async call(operation, input) {
      try {
        const { $metadata, ...output } = await client.send(new operation.command(input));
        return { output, status: $metadata.httpStatusCode, requestId: $metadata.requestId };
      } catch (error) {
        if (!error.$metadata) throw error;
        return { code: error.name, message: error.message, status: error.$metadata.httpStatusCode, requestId: error.$metadata.requestId };
      }
    },
    endpoint(region, fips, dualStack) {
      try {
        return { url: client.config.endpointProvider({ Region: region, UseFIPS: fips, UseDualStack: dualStack }).url.href };
      } catch (error) {
        return { error: error.message };
      }
    },
    close: () => client.destroy(),
  };
}
