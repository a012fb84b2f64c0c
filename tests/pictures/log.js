// usage: node log.js SHOWN PAGE.html    A run's log as GitHub shows it; SHOWN has its commands obeyed already.
import { readFileSync, writeFileSync } from 'node:fs';
import { escape } from './escape.js';

const [shown, page] = process.argv.slice(2);
const kind = (line) => (line.startsWith('  Error:') ? 'error' : line.startsWith('  \u25be') ? 'group' : '');
const lines = readFileSync(shown, 'utf8').trimEnd().split('\n').map((line, index) => `<div class="${kind(line)}"><span>${index + 1}</span>${escape(line.replace(/^ {2}/, ''))}</div>`);

writeFileSync(page, `<!doctype html>
<meta charset="utf-8">
<style>
  body { margin: 0; padding: 16px; background: #0d1117; color: #e6edf3; font: 12px/20px "DejaVu Sans Mono", monospace; }
  div { white-space: pre-wrap; overflow-wrap: anywhere; padding-left: 56px; text-indent: -40px; }
  span { display: inline-block; width: 40px; text-indent: 0; color: #6e7681; }
  .error { background: #490202; color: #ffa198; }
  .group { font-weight: bold; }
</style>
${lines.join('\n')}
`);
