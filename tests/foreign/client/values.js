// Values of the model's types: made up in every way that matters, put into the form of either client, and compared.

export const upperFirst = text => text[0].toUpperCase() + text.slice(1);

/** What .NET calls a structure. */
export const dotnetName = name => name.replace(/Input$/, 'Request').replace(/Output$/, 'Response');

/** Texts that JSON, HTML, a shell or a careless writer stumbles over. */
export const awkwardTexts = [
  '', ' ', '"quoted"', "it's", '<b>&amp;</b>', 'a+b=c/d\\e', '`ls` $(ls) ${HOME} %41', '\t\n\r\n', '\u0000\u0001\b\f\u001b[31m\u007f', 'h\u00e9llo \u4f60\u597d \u0645\u0631\u062d\u0628\u0627',
  '\ud83d\ude00\ud83c\udde8\ud83c\uddf3', '\u2028\u2029\u0085\ufeff', 'null', '{"a":[1]}', '\\u0041\\n', 'e\u0301 \u202eabc', 'x'.repeat(20_000),
];

/** Moments, most with a fraction of a second: halves to even, both sides of a half, before 1970, and far away. */
export const moments = [
  0, 0.5, 1.5, 2.5, 1767323045, 1767323045.001, 1767323045.499, 1767323045.5, 1767323045.501, 1767323045.678, 1767323046.5, 1767323045.999, -1.25, -86400.5, 253402300799,
].map(seconds => new Date(Math.round(seconds * 1000)));

/** A value of the type. The choices say what stands in it: text, number, flag, time, size of lists, and which members a structure has. */
export function fill(type, choices, name = '', owner = undefined) {
  switch (type.kind) {
    case 'text': return choices.text(name, type.constant);
    case 'number': return choices.number(owner, name);
    case 'boolean': return choices.flag();
    case 'timestamp': return choices.time();
    case 'list': return Array.from({ length: choices.size() }, (_, index) => fill(type.item, choices, `${name} ${index + 1}`));
    case 'map': return Object.fromEntries(Array.from({ length: choices.size() }, (_, index) =>
      [choices.key(`${name} key ${index + 1}`, type.key.constant, index), fill(type.item, choices, `${name} ${index + 1}`)]));
    case 'structure': return Object.fromEntries(Object.entries(type.structure.members)
      .filter(([, member]) => choices.has(member))
      .map(([member, { type: inner }]) => [member, fill(inner, choices, member, type.structure.name)]));
  }
}

/** The same value under .NET's names of the members, its times as text; what is null is left out, for an absent member is the same. */
export function toDotnet(type, value) {
  switch (type.kind) {
    case 'timestamp': return value instanceof Date ? value.toISOString() : value;
    case 'list': return value.map(item => toDotnet(type.item, item));
    case 'map': return mapValues(value, item => toDotnet(type.item, item));
    case 'structure': return Object.fromEntries(Object.entries(value)
      .filter(([, item]) => item !== null && item !== undefined)
      .map(([member, item]) => [upperFirst(member), type.structure.members[member] ? toDotnet(type.structure.members[member].type, item) : item]));
    default: return value;
  }
}

/** The same value as a service writes it: times as seconds since 1970. */
export function toWire(type, value, seconds = time => time / 1000) {
  if (value === null) return null;
  switch (type.kind) {
    case 'timestamp': return seconds(value instanceof Date ? value.getTime() : value * 1000);
    case 'list': return value.map(item => toWire(type.item, item, seconds));
    case 'map': return mapValues(value, item => toWire(type.item, item, seconds));
    case 'structure': return Object.fromEntries(Object.entries(value).map(([member, item]) =>
      [member, type.structure.members[member] ? toWire(type.structure.members[member].type, item, seconds) : item]));
    default: return value;
  }
}

export const mapValues = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));

/** How two JSON values differ, by path; the order of members does not matter. */
export function differences(theirs, ours, path = '') {
  const kind = value => value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  if (kind(theirs) !== kind(ours) || kind(theirs) !== 'object' && kind(theirs) !== 'list') {
    return Object.is(theirs, ours) ? [] : [`${path || 'all of it'}: AWS's ${show(theirs)}, ours ${show(ours)}`];
  }
  return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])]
    .flatMap(key => differences(theirs[key], ours[key], Array.isArray(theirs) ? `${path}[${key}]` : path ? `${path}.${key}` : key));
}

function show(value) {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/** The same sequence of chances in every run (mulberry32). */
export function chances(seed) {
  const next = () => {
    seed = seed + 0x6d2b79f5 | 0;
    let bits = Math.imul(seed ^ seed >>> 15, seed | 1);
    bits ^= bits + Math.imul(bits ^ bits >>> 7, bits | 61);
    return ((bits ^ bits >>> 14) >>> 0) / 2 ** 32;
  };
  return { below: bound => Math.floor(next() * bound), oneIn: n => next() < 1 / n, of: list => list[Math.floor(next() * list.length)] };
}
