// Every known way for a page to have the browser ask a tracker, without Detick and with it: the hosts' log tells what
// arrives.
//
// With Detick each is aimed at a host that is no tracker too: what does not arrive there was not played, and proves
// nothing.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { BROWSER, openSession } from '../../../harness/session.js';
import { respond } from '../attacks/attacker.js';
import { ARRIVING, UNSENT, UNSTEADY } from '../attacks/known.js';
import { playAll } from '../attacks/play.js';
import { SLOW, VECTORS } from '../attacks/vectors.js';

/** @typedef {import('../attacks/attacker.js').Site} Site */

/**
 * All of it takes minutes: without DETICK_ATTACKS=1 only some of each kind are played of those that need a tab of their
 * own.
 */
const playsAll = process.env.DETICK_ATTACKS === '1';
const isPlayed = (/** @type {string} */ name) => playsAll || !SLOW.has(name);
const played = [...VECTORS.keys()].filter(isPlayed);
const unsent = Object.entries(UNSENT[BROWSER]).filter(([name]) => isPlayed(name));
const arriving = Object.entries(ARRIVING[BROWSER]).filter(([name]) => isPlayed(name));
const sent = played.filter((name) => !(name in UNSENT[BROWSER]));
const works = (/** @type {string} */ name) => sent.includes(name) && !UNSTEADY.has(name);

/** @param {'with Detick' | 'without Detick'} protection @param {Site[]} sites */
function play(protection, sites) {
  const session = openSession(protection, respond, { route: 'names' });
  /** @type {Partial<Record<Site, ReadonlySet<string>>>} */
  const arrived = {};
  before(async () => Object.assign(arrived, await playAll(session, sites, works, isPlayed)));
  return (/** @type {Site} */ site, /** @type {string} */ name) => arrived[site]?.has(name) === true;
}

describe(`${BROWSER}: attacks without Detick`, () => {
  const hasArrived = play('without Detick', ['tracker']);

  for (const name of sent.filter(works)) {
    it(`${name} reaches the tracker`, () => assert.ok(hasArrived('tracker', name)));
  }
  for (const [name, why] of unsent) {
    it(`${name} does nothing in this browser: ${why}`, () =>
      assert.ok(!hasArrived('tracker', name), 'it does: known.js says that it does not'));
  }
});

describe(`${BROWSER}: attacks with Detick`, () => {
  const hasArrived = play('with Detick', ['tracker', 'control']);

  for (const name of sent.filter((each) => !(each in ARRIVING[BROWSER]))) {
    it(`${name} does not reach the tracker`, () => {
      assert.ok(hasArrived('control', name) || UNSTEADY.has(name), 'it was not played');
      assert.ok(!hasArrived('tracker', name), 'it arrived');
    });
  }
  for (const [name, why] of arriving) {
    it(`${name} reaches it all the same: ${why}`, () =>
      assert.ok(hasArrived('tracker', name), 'it no longer does: known.js says that it does'));
  }
});

describe(`${BROWSER}: what is known of attacks`, () => {
  it('is of attacks that there are', () => {
    assert.deepEqual(
      [...Object.keys(UNSENT[BROWSER]), ...Object.keys(ARRIVING[BROWSER])].filter((name) => !VECTORS.has(name)),
      [],
    );
  });
});
