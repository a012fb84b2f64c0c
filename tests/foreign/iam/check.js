// Judges logs of decisions. `--operations URL`: each operation that the simulator there answers must have made its demands.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { judge } from "./judge.js";
import { faults } from "./tables.js";

const { values, positionals: files } = parseArgs({ options: { operations: { type: "string" } }, allowPositionals: true });
const services = ["codedeploy", "s3", "sts", "ec2", "monitoring"];

/** The operations of a service, as the simulator lists them when it is asked for one that is none. */
async function operationsOf(url, service) {
  const answer = await fetch(`${url}/_simulator/faults`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ service, operation: "none", kind: "throttled" }) });
  const list = (await answer.text()).match(/which is none of ([A-Za-z0-9, ]+)\./)?.[1];
  if (!list) throw new Error(`The simulator does not say which operations ${service} has.`);
  return list.split(", ");
}

let [passed, failed, exceptions] = [0, 0, 0];
const told = new Map();
const tell = (fault) => {
  failed++;
  told.set(fault, (told.get(fault) ?? 0) + 1);
};

const lines = [];
for (const file of files) for await (const text of createInterface({ input: createReadStream(file) })) if (text) lines.push(JSON.parse(text));
if (lines.length === 0) tell("there is no decision in the log");

const operations = {};
if (values.operations) for (const service of services) operations[service] = await operationsOf(values.operations, service);
for (const fault of await faults(lines, operations)) tell(fault);
passed += Object.values(operations).flat().length;

for (const line of lines) {
  const { fault, exception } = await judge(line);
  if (fault) tell(fault);
  else passed++;
  if (exception) exceptions++;
}

for (const [fault, count] of [...told].slice(0, 40)) console.error(`FAILED${count > 1 ? ` ${count} times` : ""}: ${fault}`);
const kinds = ["Allowed", "Denied", "NotMentioned"].map((verdict) => `${lines.filter((line) => line.verdict === verdict).length} ${verdict}`);
console.log(`${lines.length} decisions (${kinds.join(", ")}), ${exceptions} of them where the evaluator differs from AWS's documents; ${Object.values(operations).flat().length} operations`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
