// The language service imports its schemas as bare JSON, as bundlers allow and Node does not. Served as modules, they load.
import { readFile } from 'node:fs/promises';

export async function load(url, context, nextLoad) {
  if (!url.endsWith('.min.json')) return nextLoad(url, context);
  return { format: 'module', shortCircuit: true, source: `export default ${await readFile(new URL(url), 'utf8')}` };
}
