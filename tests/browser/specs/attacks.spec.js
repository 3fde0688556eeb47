// Every known way for a page to have the browser ask a tracker, without Detick and with it: the hosts' log tells what arrives.
//
// With Detick each is aimed at a host that is no tracker too: what does not arrive there was not played, and proves nothing.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { respond } from '../attacks/attacker.js';
import { ARRIVING, UNSENT, UNSTEADY } from '../attacks/known.js';
import { playAll } from '../attacks/play.js';
import { SLOW, VECTORS } from '../attacks/vectors.js';
import { BROWSER, openSession } from '../session.js';

/** @typedef {import('../attacks/attacker.js').Site} Site */

const unsent = UNSENT[BROWSER];
const arriving = ARRIVING[BROWSER];
const sent = [...VECTORS.keys()].filter((name) => !(name in unsent));
const works = (/** @type {string} */ name) => sent.includes(name) && !UNSTEADY.has(name);
/** It takes minutes; DETICK_ATTACKS=quick plays most of it in one. */
const which = process.env.DETICK_ATTACKS;
const isPlayed = (/** @type {string} */ name) => which === '1' || (which === 'quick' && !SLOW.has(name));
const skip = (/** @type {string} */ name) => !isPlayed(name) && 'npm run test:attacks plays it';

/** @param {'with Detick' | 'without Detick'} protection @param {Site[]} sites */
function play(protection, sites) {
  const session = openSession(protection, respond, { route: 'names' });
  /** @type {Partial<Record<Site, ReadonlySet<string>>>} */
  const arrived = {};
  before(async () => Object.assign(arrived, await playAll(session, sites, works, isPlayed)));
  return (/** @type {Site} */ site, /** @type {string} */ name) => arrived[site]?.has(name) === true;
}

describe(`${BROWSER}: attacks without Detick`, { skip: !which && 'npm run test:attacks plays them' }, () => {
  const hasArrived = play('without Detick', ['tracker']);

  for (const name of sent.filter(works)) {
    it(`${name} reaches the tracker`, { skip: skip(name) }, () => assert.ok(hasArrived('tracker', name)));
  }
  for (const [name, why] of Object.entries(unsent)) {
    it(`${name} does nothing in this browser: ${why}`, { skip: skip(name) }, () =>
      assert.ok(!hasArrived('tracker', name), 'it does: known.js says that it does not'),
    );
  }
});

describe(`${BROWSER}: attacks with Detick`, { skip: !which && 'npm run test:attacks plays them' }, () => {
  const hasArrived = play('with Detick', ['tracker', 'control']);

  for (const name of sent.filter((each) => !(each in arriving))) {
    it(`${name} does not reach the tracker`, { skip: skip(name) }, () => {
      assert.ok(hasArrived('control', name) || UNSTEADY.has(name), 'it was not played');
      assert.ok(!hasArrived('tracker', name), 'it arrived');
    });
  }
  for (const [name, why] of Object.entries(arriving)) {
    it(`${name} reaches it all the same: ${why}`, { skip: skip(name) }, () =>
      assert.ok(hasArrived('tracker', name), 'it no longer does: known.js says that it does'),
    );
  }
});

describe(`${BROWSER}: what is known of attacks`, () => {
  it('is of attacks that there are', () => {
    assert.deepEqual(
      [...Object.keys(unsent), ...Object.keys(arriving)].filter((name) => !VECTORS.has(name)),
      [],
    );
  });
});
