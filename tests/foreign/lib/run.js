// Scenarios one after the other: what they check is counted, what they ask and are answered goes to the transcript.

export class Run {
  passed = 0;
  failed = 0;

  constructor(transcript, recorder, wanted) {
    Object.assign(this, { transcript, recorder, wanted });
  }

  /** `lacks`: what is missing for it. `always`: others need it, whichever are wanted. */
  async scenario(title, body, lacks, { always = false } = {}) {
    if (!always && this.wanted.length && !this.wanted.some((one) => title.startsWith(one))) return;
    if (lacks) {
      console.log(`left out: ${title} (needs ${lacks})`);
      return;
    }
    this.title = title;
    this.transcript.section(title);
    const started = Date.now();
    try {
      await body();
    } catch (error) {
      this.check("the scenario ends", false, error.stack);
    }
    if (process.env.CONFORMANCE_TIMES) console.log(`${title}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }

  check(what, holds, found = "") {
    if (holds) {
      this.passed++;
    } else {
      this.failed++;
      console.error(`FAILED: ${this.title}: ${what}\n  ${String(typeof found === "string" ? found : JSON.stringify(found)).slice(0, 2000)}`);
    }
    return holds;
  }

  /** An npm client's call, in the transcript: the answer, or the error under `error`. */
  async call(client, Command, input = {}, { quiet = false } = {}) {
    const operation = Command.name.replace(/Command$/, "");
    let output;
    try {
      output = await client.send(new Command(input));
      delete output.$metadata;
    } catch (error) {
      // What is not the service's answer is a fault of this script or of the network.
      if (!error.$metadata?.httpStatusCode) throw error;
      output = { error: error.Code ?? error.name, status: error.$metadata.httpStatusCode, message: error.message };
    }
    if (!quiet) {
      this.transcript.value(`> ${operation}`, shown(input));
      this.transcript.value("<", shown(output));
    }
    return output;
  }

  /** A call that must be refused with this error. */
  async refused(client, Command, input, error, what = "") {
    const output = await this.call(client, Command, input);
    const operation = Command.name.replace(/Command$/, "");
    this.check(`${operation} ${what || JSON.stringify(input).slice(0, 200)} is refused with ${error}`, output.error === error, output);
    return output;
  }

  /** Counts, for each service and operation that was used, whether all its answers were as the model has them. */
  judgeAnswers() {
    this.title = "answers as the model has them";
    const operations = Map.groupBy ? Map.groupBy(this.recorder.exchanges, key) : group(this.recorder.exchanges);
    for (const [name, exchanges] of [...operations].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const faults = [...new Set(exchanges.flatMap((one) => one.faults))];
      this.check(`${name} (${exchanges.length} answers)`, faults.length === 0, faults.join("\n  "));
    }
  }
}

const key = (exchange) => `${exchange.service} ${exchange.operation}`;

function group(exchanges) {
  const groups = new Map();
  for (const one of exchanges) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

/** Bytes and streams by their size. */
function shown(value) {
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) return `{${value.length} bytes}`;
  if (value instanceof Date || typeof value !== "object" || value === null) return value;
  if (typeof value.pipe === "function") return "{stream}";
  if (Array.isArray(value)) return value.map(shown);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shown(one)]));
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
