// PRIVACY.md as a page of the extension, which can be read without a network and without an account anywhere. It knows
// as much of Markdown as that file uses, and refuses what it does not know rather than ship it half read.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';

/** Where it is written, and by whom it is kept. */
export const STATEMENT = join(ROOT, 'PRIVACY.md');

/** Where it lies in the extension. */
export const PRIVACY_PAGE = 'privacy.html';

const HEAD = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>Detick: privacy</title>
<link rel="icon" href="/icons/on-32.png">
<link rel="stylesheet" href="/shared/theme.css">
<link rel="stylesheet" href="/shared/page.css">

<main class="page statement">
`;

/** @returns {string} the page */
export function privacyPage() {
  return `${HEAD}${toHtml(readFileSync(STATEMENT, 'utf8'))}</main>\n`;
}

/**
 * @param {string} markdown headings, paragraphs, tables, bold words and code
 * @returns {string} HTML; every word of the text is in it
 * @throws {Error} at a block of another kind
 */
export function toHtml(markdown) {
  const blocks = markdown.trim().split(/\n{2,}/);
  return blocks.map((block) => `${blockToHtml(block)}\n`).join('');
}

/** @param {string} block */
function blockToHtml(block) {
  const [, marks, title] = /^(#{1,3}) (.+)$/.exec(block) ?? [];
  if (marks && title) return `<h${marks.length}>${inline(title)}</h${marks.length}>`;
  if (block.startsWith('|')) return table(block.split('\n'));
  if (/^(?:[#>*+-]|\d+\.|```|\s)/.test(block) && !block.startsWith('**')) {
    throw new Error(`The page of PRIVACY.md cannot show this yet: ${block.slice(0, 80)}`);
  }
  return `<p>${inline(block)}</p>`;
}

/** @param {string[]} lines with the one that parts head and body */
function table([head = '', , ...body]) {
  const cells = (/** @type {string} */ line) => line.replace(/^\||\|$/g, '').split('|');
  const row = (/** @type {string} */ line, /** @type {string} */ cell) =>
    `<tr>${cells(line)
      .map((words) => `<${cell}>${inline(words.trim())}</${cell.split(' ')[0]}>`)
      .join('')}</tr>`;
  const rows = body.map((line) => `${row(line, 'td')}\n`).join('');
  return `<table>\n<thead>${row(head, 'th scope="col"')}</thead>\n<tbody>\n${rows}</tbody>\n</table>`;
}

/** @param {string} words */
function inline(words) {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  if (/\]\(|!\[/.test(escaped)) throw new Error(`The page of PRIVACY.md cannot show links yet: ${words.slice(0, 80)}`);
  return escaped.replace(/`([^`]+)`/g, '<code>$1</code>').replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>');
}
