// usage: node annotation.js LOG SCRIPT PAGE.html    The first annotation of a run's log, at its line of the script, as GitHub shows it in a change.
import { readFileSync, writeFileSync } from 'node:fs';
import { escape } from './escape.js';

const [log, script, page] = process.argv.slice(2);
const command = readFileSync(log, 'utf8').split('\n').find((line) => line.startsWith('::error file='));
const [, properties, data] = /^::error ([^:]*)::(.*)$/.exec(command);
const unescape = (text) => text.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%25/g, '%');
const { file, line, title } = Object.fromEntries(properties.split(',').map((property) => property.split('=')).map(([name, value]) => [name, unescape(value)]));

const row = (text, number) => `<tr class="${number === Number(line) ? 'marked' : ''}"><td class="number">${number}</td><td><pre>${escape(text)}</pre></td></tr>`;
const note = `<tr><td></td><td><div class="note"><b>${escape(title)}</b><p>${escape(unescape(data))}</p></div></td></tr>`;
const lines = readFileSync(script, 'utf8').trimEnd().split('\n').map((text, index) => row(text, index + 1));
lines.splice(Number(line), 0, note);

writeFileSync(page, `<!doctype html>
<meta charset="utf-8">
<style>
  body { margin: 24px 32px; font: 14px "DejaVu Sans", sans-serif; color: #1f2328; }
  .file { border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
  .file > div { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; font-family: "DejaVu Sans Mono", monospace; font-size: 12px; }
  table { border-collapse: collapse; width: 100%; }
  td { vertical-align: top; padding: 0 12px; }
  pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/20px "DejaVu Sans Mono", monospace; }
  .number { color: #59636e; text-align: right; width: 1%; font: 12px/20px "DejaVu Sans Mono", monospace; user-select: none; }
  .marked { background: #ffebe9; }
  .note { border: 1px solid #d1242f; border-left-width: 4px; border-radius: 6px; margin: 8px 0; padding: 10px 14px; background: #fff; }
  .note b { color: #d1242f; }
  .note p { margin: 6px 0 0; line-height: 1.5; }
</style>
<div class="file"><div>${escape(file)}</div><table>${lines.join('\n')}</table></div>
`);
