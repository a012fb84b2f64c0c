// What was asked and answered, as text in which only behaviour differs between two places: ids, names, times and the like are numbered as they come up.

/** Members whose values are times or sizes of the moment. */
const times = /^(createTime|startTime|completeTime|endTime|lastUpdatedAt|registerTime|firstUsedTime|lastUsedTime|Expiration|LastModified|Initiated|CreationDate)$/;
const secrets = /^(SecretAccessKey|SessionToken|WebIdentityToken)$/;

const patterns = [
  ["deployment", /\bd-[A-Z0-9]{9}\b/g],
  ["uuid", /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g],
  ["instance", /\bi-[0-9a-f]{8,17}\b/g],
  ["key", /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g],
  ["principal", /\b(?:AROA|AIDA)[A-Z0-9]{12,}\b/g],
  ["digest", /\b[0-9a-f]{32,64}(?:-\d+)?\b/g],
];

export class Transcript {
  #lines = [];
  #names = new Map();
  #seen = new Map();

  /** Texts of this place, and what they are called in every place. */
  rename(texts) {
    for (const [name, text] of Object.entries(texts)) if (text) this.#names.set(text, `{${name}}`);
  }

  section(title) {
    this.#lines.push("", `# ${title}`);
  }

  line(text) {
    this.#lines.push(this.#plain(text));
  }

  value(mark, value) {
    this.line(`${mark} ${JSON.stringify(this.#ordered(value))}`);
  }

  toString() {
    return `${this.#lines.join("\n").trim()}\n`;
  }

  #ordered(value, key = "") {
    if (value instanceof Date || times.test(key)) return "{time}";
    if (secrets.test(key)) return "{secret}";
    if (key === "logTail") return "{log}";
    if (/^(versionId|VersionId|UploadId|nextToken|NextToken|version|AssumedRoleId|UserId)$/.test(key) && typeof value === "string") return this.#number(key, value);
    if (Array.isArray(value)) return value.map((one) => this.#ordered(one));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.keys(value).sort().map((name) => [name, this.#ordered(value[name], name)]));
  }

  #plain(text) {
    // The longest first: a name may be part of another.
    for (const [from, to] of [...this.#names].sort(([a], [b]) => b.length - a.length)) text = text.replaceAll(from, to);
    for (const [kind, pattern] of patterns) text = text.replace(pattern, (found) => this.#number(kind, found));
    return text;
  }

  #number(kind, found) {
    const seen = this.#seen.get(kind) ?? new Map();
    this.#seen.set(kind, seen);
    if (!seen.has(found)) seen.set(found, `{${kind} ${seen.size + 1}}`);
    return seen.get(found);
  }
}
