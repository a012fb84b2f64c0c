// usage: node page.js SUMMARY.md PAGE.html    A job summary as GitHub shows it: its markdown style, and mermaid drawn.
import { readFileSync, writeFileSync } from 'node:fs';
import { marked } from 'marked';

const [source, page] = process.argv.slice(2);
const read = (path) => readFileSync(new URL(`node_modules/${path}`, import.meta.url), 'utf8');
const renderer = {
  code: ({ text, lang }) => (lang === 'mermaid' ? `<pre class="mermaid">${text}</pre>` : false),
};
marked.use({ gfm: true, renderer });
// What a reader would open is open.
const body = marked.parse(readFileSync(source, 'utf8')).replaceAll('<details>', '<details open>');
writeFileSync(page, `<!doctype html>
<meta charset="utf-8">
<style>${read('github-markdown-css/github-markdown-light.css')}</style>
<style>body { margin: 24px 32px; } .markdown-body { font-family: "DejaVu Sans", sans-serif; font-size: 14px; }</style>
<article class="markdown-body">${body}</article>
<script>${read('mermaid/dist/mermaid.min.js').replaceAll('</script', '<\\/script')}</script>
<script>mermaid.initialize({ startOnLoad: true, gantt: { useWidth: 1000 } });</script>
`);
