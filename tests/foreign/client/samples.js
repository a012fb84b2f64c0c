// The requests and the answers that are tried.
import { constants } from './model.js';
import { awkwardTexts, chances, fill, mapValues, moments, toWire } from './values.js';

const time = new Date(1767323045678);

/** Every member, with texts that say where they belong, and constants that take turns. */
function everything(overrides = {}) {
  let turn = overrides.turn ?? 0;
  return {
    text: (name, constant) => constant ? constants[constant][turn++ % constants[constant].length] : `a ${name}`,
    key: (name, constant, index) => constant ? constants[constant][index % constants[constant].length] : name,
    number: () => 7,
    flag: () => true,
    time: () => time,
    size: () => 2,
    has: () => true,
    ...overrides,
  };
}

function random(chance, number) {
  return {
    text: (name, constant) => constant && !chance.oneIn(4) ? chance.of(constants[constant]) : chance.of(awkwardTexts),
    key: (name, constant, index) => constant && index < constants[constant].length ? constants[constant][index] : name,
    number,
    flag: () => chance.oneIn(2),
    time: () => chance.of(moments),
    size: () => chance.below(4),
    has: () => !chance.oneIn(3),
  };
}

const inTurn = list => { let turn = 0; return () => list[turn++ % list.length]; };

/** Requests of an operation, by what is special in them. */
export function requests(operation) {
  const type = { kind: 'structure', structure: operation.input };
  const awkward = inTurn(awkwardTexts);
  const samples = {
    'nothing': {},
    'what is required': fill(type, everything({ has: member => member.required })),
    'every member': fill(type, everything()),
    'every member, false and zero': fill(type, everything({ flag: () => false, number: () => 0, size: () => 1 })),
    'empty lists and maps': fill(type, everything({ size: () => 0 })),
    'empty structures': mapValues(fill(type, everything()), value => isObject(value) ? {} : value),
  };
  // As many rounds as it takes for each text to have stood in a request.
  for (let round = 1; round <= awkwardTexts.length; round++) samples[`awkward texts ${round}`] = fill(type, everything({ text: awkward }));
  for (const moment of moments) samples[`the time ${moment.toISOString()}`] = fill(type, everything({ time: () => moment }));
  const chance = chances(20141006);
  for (let round = 1; round <= 25; round++) samples[`random ${round}`] = fill(type, random(chance, () => chance.below(100)));
  return samples;
}

/** Answers of an operation, as text, by what is special in them. The number that suits a member is known from its type in .NET. */
export function answers(operation, widthOf) {
  const type = { kind: 'structure', structure: operation.output };
  const numbers = { integer: [0, 1, -1, 2147483647], long: [0, 1, -1, 2147483648, 2 ** 53 - 1], double: [0, 0.5, 99.9, -1.25, 1e-7, 2 ** 40] };
  const number = inTurnOf(numbers, widthOf);
  const whole = overrides => toWire(type, fill(type, everything({ number, ...overrides })));
  const awkward = inTurn(awkwardTexts);

  const values = {
    'nothing': {},
    'every member': whole(),
    'false': whole({ flag: () => false }),
    'empty lists and maps': whole({ size: () => 0 }),
    'empty structures': mapValues(whole(), value => isObject(value) ? {} : value),
    'null for every member': mapValues(whole(), () => null),
    'null for every member of a member': mapValues(whole(), value => isObject(value) ? mapValues(value, () => null) : value),
    'a constant of tomorrow': whole({ text: name => `${name} of tomorrow` }),
    'members of tomorrow': withStrangers(whole()),
  };
  const most = Math.max(...Object.values(constants).map(list => list.length));
  for (let turn = 0; turn < most; turn++) values[`constants, turn ${turn + 1}`] = whole({ turn, size: () => 1 });
  for (let round = 1; round <= awkwardTexts.length; round++) values[`awkward texts ${round}`] = whole({ text: awkward, key: name => `${name} ${awkward()}` });
  for (const moment of moments) values[`the time ${moment.toISOString()}`] = whole({ time: () => moment });
  const chance = chances(20141006);
  for (let round = 1; round <= 25; round++) {
    const value = withNulls(toWire(type, fill(type, random(chance, number))), chance);
    values[`random ${round}`] = chance.oneIn(2) ? withStrangers(value) : value;
  }

  const texts = mapValues(values, value => JSON.stringify(value));
  texts['spread over lines'] = JSON.stringify(whole(), null, 2);
  texts['nothing but ASCII'] = JSON.stringify(whole({ text: awkward })).replace(/[\u007f-\uffff]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  texts['times as powers of ten'] = JSON.stringify(whole({ time: () => new Date(1.7e12) })).replaceAll(':1700000000', ':1.7E9');
  return texts;
}

function inTurnOf(lists, kindOf) {
  const turns = mapValues(lists, inTurn);
  return (owner, member) => turns[kindOf(owner, member)]();
}

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Around and inside every structure members that nobody knows yet, with known names inside them. */
function withStrangers(value) {
  if (Array.isArray(value)) return value.map(withStrangers);
  if (!isObject(value)) return value;
  const [first = 'status'] = Object.keys(value);
  return {
    newText: first, newObject: { [first]: { [first]: [] } }, newNull: null,
    ...mapValues(value, withStrangers),
    newList: [{ [first]: 1 }, [first], null], newNumber: 1.5, newFlag: false,
  };
}

/** Members of structures that are null here and there. */
function withNulls(value, chance) {
  if (Array.isArray(value)) return value.map(item => withNulls(item, chance));
  return isObject(value) ? mapValues(value, item => chance.oneIn(8) ? null : withNulls(item, chance)) : value;
}
