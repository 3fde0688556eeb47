// Ids and priorities of rules: those that are made here beside those of the compiler.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ID, PRIORITY } from '../../extension/background/rules/table.js';

const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const number = (/** @type {string | undefined} */ text) => Number(text?.replaceAll('_', ''));

/** What the compiler calls its priorities. @type {Record<string, number>} */
const compiler = Object.fromEntries(
  [...read('src/dnr.rs').matchAll(/pub const (\w+): u32 = ([\d_]+);/g)].map(([, name, value]) => [name, number(value)]),
);

/** @param {string} name @returns {number[]} the first id, and the one after the last */
function range(name) {
  const [, first, end] =
    new RegExp(`const ${name}: Range<u32> = ([\\d_]+)\\.\\.([\\d_]+);`).exec(read('src/dnr/merge.rs')) ?? [];
  return [number(first), number(end)];
}

test('the compiler gives its rules ids beyond all of ours', () => {
  assert.deepEqual(range('IDS'), [ID.lists, ID.ownLines]);
  assert.deepEqual(range('OWN_IDS'), [ID.ownLines, ID.end]);
});

test('each kind of rule has ids of its own', () => {
  const firsts = Object.values(ID);
  assert.deepEqual(
    firsts,
    [...firsts].sort((one, other) => one - other),
  );
  assert.equal(new Set(firsts).size, firsts.length);
});

test('rules made here stand where they should among the compiler’s', () => {
  const { LINK, LINK_TRIGGERED, LINK_COPY, LINK_EXCEPTION, LINK_IMPORTANT, LINK_SHIELD, LINKS_OFF, OWN_LINK } =
    /** @type {Record<string, any>} */ (compiler);
  const { BLOCK, ALLOW, IMPORTANT_BLOCK, IMPORTANT_ALLOW, HEADERS, OWN } = /** @type {Record<string, any>} */ (
    compiler
  );
  assert.ok(Object.keys(compiler).length > 12);
  assert.deepEqual([PRIORITY.exception, PRIORITY.copy, PRIORITY.linksOff], [LINK_EXCEPTION, LINK_COPY, LINKS_OFF]);
  // Between equals an `allow` wins.
  assert.ok(PRIORITY.shield >= LINK_TRIGGERED && LINK + PRIORITY.copy > PRIORITY.shield);
  assert.ok(LINK_TRIGGERED + PRIORITY.copy <= LINK_EXCEPTION);
  assert.ok(LINK_EXCEPTION < LINK_IMPORTANT && LINK_EXCEPTION < OWN_LINK);
  for (const above of [PRIORITY.linksOff, PRIORITY.strongShield])
    assert.ok(above > LINK_IMPORTANT && above > OWN_LINK && above < LINK_SHIELD);
  assert.ok(PRIORITY.insisting >= LINK_SHIELD && PRIORITY.insisting < PRIORITY.unwrap);
  assert.ok(PRIORITY.pass >= PRIORITY.unwrap && PRIORITY.pass < BLOCK);
  assert.equal(PRIORITY.player, ALLOW);
  assert.equal(PRIORITY.question, ALLOW);
  assert.ok(PRIORITY.lockout > IMPORTANT_BLOCK && PRIORITY.lockout < IMPORTANT_ALLOW);
  assert.equal(PRIORITY.shortLinks, HEADERS);
  assert.ok(PRIORITY.pause > IMPORTANT_ALLOW + OWN && PRIORITY.private > PRIORITY.pause);
});
