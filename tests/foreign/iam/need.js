// What a run says about a permission.

/** A line that names the action, and not one whose name only begins so. */
const names = (line, action) => new RegExp(`\\b${action}(?![A-Za-z])`).test(line);

/** What is wrong with a run that had the whole role. */
export function misfits({ scene, role, code, lines, decisions }) {
  const failing = lines.map((line) => line.match(/^FAIL  (.+?)  /)?.[1].trim()).filter(Boolean);
  const expected = scene.refusals?.(role) ?? [];
  const refused = decisions.filter((line) => line.verdict !== "Allowed").map((line) => line.action);
  const unallowed = expected.some((step) => step.endsWith(": create")) ? ["codedeploy:CreateDeployment"] : [];
  return [
    ...(code === scene.exit(role) ? [] : [`It ended with ${code} instead of ${scene.exit(role)}:\n${lines.join("\n")}`]),
    ...(failing.sort().join() === [...expected].sort().join() ? [] : [`It found fault with ${failing.join(", ") || "nothing"} instead of ${expected.join(", ") || "nothing"}.`]),
    ...(scene.says === undefined || lines.some((line) => line.includes(scene.says)) ? [] : [`It does not say '${scene.says}':\n${lines.join("\n")}`]),
    ...(decisions.length > 0 ? [] : ["It asked for nothing."]),
    ...refused.filter((action) => !unallowed.includes(action)).map((action) => `${action} was refused.`),
  ];
}

/** What a run without a permission shows: it stops, or tells, or does with another one. */
export function grade({ lacks: { action }, code, lines, decisions }, whole) {
  const refused = decisions.filter((line) => line.action === action && line.verdict !== "Allowed");
  // Another action was asked for in its place, as the whole role never was.
  const instead = decisions.find((line) => line.verdict === "Allowed" && refused.some((other) => other.request === line.request) && !whole.decisions.some((other) => other.action === line.action));
  const told = lines.filter((line) => names(line, action) && !whole.lines.includes(line));
  if (refused.length === 0) return { mark: "unasked", problems: [] };
  const stops = code !== whole.code || told.some((line) => line.startsWith("FAIL  "));
  if (told.length > 0) return { mark: stops ? "stops" : "tells", isNamedAlone: told.some((line) => !line.includes('"Action"')), told: first(told, lines, action), problems: [] };
  if (instead && code === whole.code) return { mark: "either", instead: instead.action, problems: [] };
  return { mark: "silent", problems: [`It does not name what it lacks, and ends with ${code}:\n${lines.join("\n")}`] };
}

/** That a permission is one too many: nothing was refused without it, or nothing needed it that could not do with another. */
export function superfluous(role, permission, removed) {
  const of = removed.filter((result) => result.role === role && result.lacks === permission);
  return of.some((result) => ["stops", "tells", "silent"].includes(result.mark)) ? [] : [`No verb needs it (${permission.place}).`];
}

/** What a person reads first of the lines that name it: the step of a check, the annotation, a line of the log; the statement to add where nothing else does. */
function first(told, lines, action) {
  const kinds = [/^FAIL  /, /^::(error|warning)/, /^\?  /, /^\[\d+:\d\d\] /];
  const line = kinds.map((kind) => told.find((one) => kind.test(one))).find(Boolean) ?? told.find((one) => !one.startsWith("  User: ") && !one.includes('"Action"'));
  if (line !== undefined) return shortened(line, action);
  const header = (lines.slice(0, lines.indexOf(told.at(-1))).findLast((one) => /^\s*(Add this|The same call)/.test(one)) ?? "").trim();
  return `${header}: ${told.at(-1).trim()}`;
}

/** The words of a line, to the action's name. */
function shortened(line, action) {
  const words = line.replace(/^::\w+[^:]*::/, "").replaceAll("%0A", " ").replace(/\u001b\[[0-9;]*m/g, "").replace(/^\[\d+:\d\d\] /, "").replace(/^(FAIL|\?)\s+(.+?)\s{2,}/, "$2: ").replace(/\s+/g, " ").trim();
  const end = words.search(new RegExp(`${action}(?![A-Za-z])`)) + action.length;
  return words.length <= end + 10 || end < action.length ? words : `${words.slice(0, end)} …`;
}
