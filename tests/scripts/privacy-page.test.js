// The privacy statement as a page: every word of PRIVACY.md, and nothing that the page could not show.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { privacyPage, STATEMENT, toHtml } from '../../scripts/privacy-page.mjs';

test('every word of the statement is on the page, in order', () => {
  const wordsOf = (/** @type {string} */ text) => text.match(/[\p{L}\p{N}]+/gu);
  const [, main = ''] = privacyPage().split('<main class="page statement">');
  const shown = main.replace(/<[^>]+>/g, ' ').replace(/&(?:lt|gt|amp);/g, ' ');
  assert.deepEqual(wordsOf(shown), wordsOf(readFileSync(STATEMENT, 'utf8')));
});

test('headings, tables, code and bold words are marked up, and markup is shown as it is', () => {
  assert.equal(toHtml('# A & b\n\n**Bold** `<i>`'), '<h1>A &amp; b</h1>\n<p><b>Bold</b> <code>&lt;i&gt;</code></p>\n');
  assert.equal(
    toHtml('| a | b |\n|---|---|\n| 1 | |'),
    '<table>\n<thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>\n' +
      '<tbody>\n<tr><td>1</td><td></td></tr>\n</tbody>\n</table>\n',
  );
});

test('what it cannot show stops the build', () => {
  for (const block of ['- a list', '> quoted', '```\ncode\n```', '[a link](https://a.example/)', '#### Deep'])
    assert.throws(() => toHtml(block), /cannot show/);
});
