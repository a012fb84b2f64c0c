// Compares our CodeDeploy client with AWS's: what it has, what it sends, what it understands, and where it sends to.
import { constants, exceptions, operation, version } from './model.js';
import { loopback, ours, theirs } from './peers.js';
import { answers, requests } from './samples.js';
import { differences, dotnetName, mapValues, toDotnet, toWire, upperFirst } from './values.js';

const server = await loopback();
const our = ours(process.argv[2]);
const their = theirs(server.url);
const described = await our.ask({ ask: 'describe' });

let passed = 0, failed = 0;
function check(name, found) {
  if (found.length === 0) return void passed++;
  failed++;
  console.log(`${name}:`);
  for (const difference of found.slice(0, 20)) console.log(`  ${difference}`);
  if (found.length > 20) console.log(`  and ${found.length - 20} more`);
}

/** Differences over many samples: each once, with the first sample that shows it. */
function samples() {
  const places = new Map();
  return {
    add(sample, found) {
      for (const difference of found) {
        const place = difference.split(': ')[0].replace(/\[\d+\]/g, '[]');
        const known = places.get(place);
        if (known) known.samples.add(sample);
        else places.set(place, { difference, samples: new Set([sample]) });
      }
    },
    found: () => [...places.values()].map(({ difference, samples: [first, ...others] }) =>
      `${difference} (${first}${others.length === 0 ? '' : ` and ${others.length} more`})`),
  };
}

const operations = Object.keys(described.operations).map(name => operation(name) ?? name);
check('operations', operations.filter(it => typeof it === 'string').map(name => `${name}: AWS's absent`));
const known = operations.filter(it => typeof it !== 'string');

compareShapes();
for (const it of known) {
  await compareRequests(it);
  await compareAnswers(it);
  await compareErrors(it);
}
await compareEndpoints();

their.close();
await our.close();
server.close();
console.log(`Compared with @aws-sdk/client-codedeploy ${version}: ${known.length} operations.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Everything that the operations reach, both ways: what we lack, and what we have that AWS's model does not, or not there. */
function compareShapes() {
  const reached = { structures: new Map(), constants: new Set(), exceptions: new Set() };
  const reach = type => {
    if (type.kind === 'text' && type.constant) reached.constants.add(type.constant);
    if (type.kind === 'map') reach(type.key);
    if (type.kind === 'list' || type.kind === 'map') reach(type.item);
    if (type.kind !== 'structure' || reached.structures.has(dotnetName(type.structure.name))) return;
    reached.structures.set(dotnetName(type.structure.name), type.structure);
    for (const { type: inner } of Object.values(type.structure.members)) reach(inner);
  };
  for (const { input, output, errors } of known) {
    reach({ kind: 'structure', structure: input });
    if (output) reach({ kind: 'structure', structure: output });
    for (const error of errors) reached.exceptions.add(error);
  }

  for (const { name, input, output, deprecated, paginated } of known) {
    const response = output ? dotnetName(output.name) : `${name}Response`;
    if (!output) reached.structures.set(response, { deprecated: false, members: {} });
    check(`${name}: types`, differences({ request: dotnetName(input.name), response, obsolete: deprecated }, described.operations[name]));
    check(`${name}: paginator`, differences(paginated, name in described.paginators));
  }
  for (const name of union(reached.structures.keys(), Object.keys(described.structures))) {
    const shape = reached.structures.get(name);
    const model = shape && { obsolete: shape.deprecated, members: Object.fromEntries(Object.entries(shape.members).map(([member, { type }]) => [upperFirst(member), textOf(type)])) };
    const has = described.structures[name];
    check(name, differences(model, has && { ...has, members: mapValues(has.members, type => type.replace(/\b(integer|long|double)\b/, 'number')) }));
  }
  for (const name of union(reached.constants, Object.keys(described.constants))) {
    const model = reached.constants.has(name) ? [...constants[name]].sort() : undefined;
    check(name, model && described.constants[name] ? lists(model, described.constants[name]) : differences(model, described.constants[name]));
  }
  for (const name of union(reached.exceptions, Object.keys(described.exceptions))) {
    const { members, deprecated } = exceptions.find(it => it.name === name) ?? {};
    // Every exception of .NET has its message already.
    const model = reached.exceptions.has(name) ? { obsolete: deprecated, members: Object.fromEntries(members.filter(it => it !== 'message').map(it => [upperFirst(it), 'string'])) } : undefined;
    check(name, differences(model, described.exceptions[name]));
  }
}

/** A member's type as the description of our client puts it. In .NET a list or a map of constants is one of texts. */
function textOf(type, inside = false) {
  switch (type.kind) {
    case 'text': return inside ? 'string' : type.constant ?? 'string';
    case 'list': return `list<${textOf(type.item, true)}>`;
    case 'map': return `map<${textOf(type.item, true)}>`;
    case 'structure': return dotnetName(type.structure.name);
    default: return type.kind;
  }
}

/** The same request of both, as it arrives. */
async function compareRequests(it) {
  const type = { kind: 'structure', structure: it.input };
  const seen = samples();
  server.willAnswer('{}');
  for (const [name, input] of Object.entries(requests(it))) {
    await their.call(it, input);
    const [theirRequest, ...theirOthers] = server.heard();
    const { message } = await our.ask({ ask: 'call', operation: it.name, url: server.url, input: toDotnet(type, input) });
    const [ourRequest, ...ourOthers] = server.heard();
    if (ourRequest === undefined) {
      seen.add(name, [`nothing was sent: ${message}`]);
      continue;
    }
    // .NET's clients send a time in whole seconds, rounded halves to even; JavaScript's sends its fraction.
    const expected = { ...asSent(theirRequest), body: toWire(type, JSON.parse(theirRequest.body), milliseconds => roundToEven(milliseconds / 1000)) };
    seen.add(name, differences({ ...expected, others: theirOthers.length }, { ...asSent(ourRequest), others: ourOthers.length }));
  }
  check(`${it.name}: requests`, seen.found());
}

function asSent({ method, path, headers, body }) {
  const scope = headers.authorization?.match(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/([^,]+),/)?.[1];
  return { method, path, target: headers['x-amz-target'], contentType: headers['content-type'], scope, body: JSON.parse(body) };
}

function roundToEven(number) {
  const floor = Math.floor(number);
  const rest = number - floor;
  // Without the zero's sign, which a whole number does not have in .NET.
  return (rest === 0.5 ? floor + Math.abs(floor % 2) : Math.round(number)) + 0;
}

/** The same answer to both, as they understand it. */
async function compareAnswers(it) {
  const seen = samples();
  if (it.output) {
    const type = { kind: 'structure', structure: it.output };
    const widthOf = (owner, member) => described.structures[dotnetName(owner)]?.members[upperFirst(member)] ?? 'integer';
    for (const [name, body] of Object.entries(answers(it, widthOf))) {
      const [understood, read] = await bothHear(it, body);
      seen.add(name, differences({ ...understood, output: understood.output && toDotnet(type, understood.output) }, read));
    }
  } else {
    for (const body of ['', '{}', '{"newText":"status"}']) {
      const [understood, read] = await bothHear(it, body);
      seen.add(body || 'no body', differences({ ...understood, output: {} }, read));
    }
  }
  check(`${it.name}: answers`, seen.found());
}

/** What the operation declares comes as its own type and what it does not declare as the type of all; names and messages are the same for both. */
async function compareErrors(it) {
  const typed = [];
  for (const { name } of [...exceptions, { name: 'AccessDeniedException' }, { name: 'ExceptionOfTomorrow' }]) {
    server.willAnswer(JSON.stringify({ __type: name, message: 'Because.' }), 400);
    const { error, code } = await our.ask({ ask: 'call', operation: it.name, url: server.url, input: {} });
    typed.push(...differences({ error: it.errors.includes(name) ? name : 'AmazonCodeDeployException', code: name }, { error, code }).map(it => `${name}: ${it}`));
  }
  check(`${it.name}: declared errors`, typed);

  const spelt = samples();
  const [declared] = it.errors;
  for (const name of [declared, 'ThrottlingException', 'ExceptionOfTomorrow']) {
    const ways = {
      '__type': { __type: name, message: 'Because "it" is <so> \u4f60\u597d.' },
      '__type in a namespace': { __type: `com.amazonaws.codedeploy#${name}`, message: 'Because.' },
      'code': { code: name, message: 'Because.' },
      'Message': { __type: name, Message: 'Because.' },
      'more members': { newObject: { message: 'Not this.' }, __type: name, message: 'Because.', newList: [1] },
    };
    const headers = { 'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/com.amazonaws.codedeploy/` };
    const bodies = [...Object.entries(ways).map(([way, body]) => [way, body, {}]), ['header', { message: 'Because.' }, headers]];
    for (const [way, body, sent] of bodies) {
      for (const status of [400, 500]) {
        const [{ code, message, ...rest }, read] = await bothHear(it, JSON.stringify(body), status, sent);
        spelt.add(`${name} as ${way}, ${status}`, differences({ code, message, ...rest }, { ...read, error: undefined }));
      }
    }
  }
  check(`${it.name}: errors as they are spelt`, spelt.found());
}

async function bothHear(it, body, status = 200, headers = {}) {
  server.willAnswer(body, status, headers);
  const understood = await their.call(it, {});
  const read = await our.ask({ ask: 'call', operation: it.name, url: server.url, input: {} });
  server.heard();
  return [understood, read];
}

async function compareEndpoints() {
  const regions = [
    'us-east-1', 'us-west-2', 'eu-west-1', 'ap-east-1', 'ap-southeast-5', 'me-central-1', 'xx-future-9', 'cn-north-1', 'cn-northwest-1',
    'us-gov-west-1', 'us-gov-east-1', 'us-iso-east-1', 'us-iso-west-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1', 'us-isof-east-1', 'eusc-de-east-1',
  ];
  for (const region of regions) {
    const found = [];
    for (const fips of [false, true]) {
      for (const dualStack of [false, true]) {
        const endpoint = await our.ask({ ask: 'endpoint', region, fips, dualStack });
        const href = endpoint.url && new URL(endpoint.url).href;
        found.push(...differences(their.endpoint(region, fips, dualStack), { ...endpoint, ...(href && { url: href }) })
          .map(it => `${fips ? 'FIPS ' : ''}${dualStack ? 'dual-stack ' : ''}${it}`));
      }
    }
    check(`endpoints of ${region}`, found);
  }
}

function lists(theirs, ours) {
  return [...theirs.filter(it => !ours.includes(it)).map(it => `we lack ${it}`), ...ours.filter(it => !theirs.includes(it)).map(it => `we have ${it}, AWS's model has not`)];
}

function union(some, others) {
  return [...new Set([...some, ...others])].sort();
}
